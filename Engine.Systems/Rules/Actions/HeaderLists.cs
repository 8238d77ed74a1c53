using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Evaluate;
using Engine.Systems.Http1;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-headers-bin</c>, <c>add-headers-bin</c> and <c>del-headers-bin</c> (manual section 4.4): many fields at once, from a
/// binary list. A list without its end, and a name or value that cannot be one, is an edit that cannot be made.
/// </summary>
internal static unsafe class HeaderLists
{
    private const string Arguments = "expects exactly one argument or three arguments <headers> prefix <pfx>";

    private sealed class Operands
    {
        public SampleExpression List = null!;

        /// <summary>Of the names that count, as they stand in the list; empty: all count.</summary>
        public ByteView Prefix;

        public string Method = "str";
    }

    [ModuleInitializer]
    internal static void Register()
    {
        foreach (Registry<ActionWord> set in (Registry<ActionWord>[])
            [Words.HttpRequestActions, Words.HttpResponseActions, Words.HttpAfterResponseActions])
        {
            set.Add(new("set-headers-bin", "<expr> [ prefix <str> ]", &ParseSet));
            set.Add(new("add-headers-bin", "<expr> [ prefix <str> ]", &ParseAdd));
            set.Add(new("del-headers-bin", "<expr> [ -m <meth> ]", &ParseDelete));
        }
    }

    private static bool ParseSet(Directive line, ref RuleStep step)
    {
        step.Action = &Set;
        return ParseFields(line, ref step);
    }

    private static bool ParseAdd(Directive line, ref RuleStep step)
    {
        step.Action = &Add;
        return ParseFields(line, ref step);
    }

    private static bool ParseFields(Directive line, ref RuleStep step)
    {
        if (line.AtEnd) return ActionLine.Refuse(line, Arguments);
        if (!TryExpression(line, ref step, out Operands operands)) return false;
        if (!line.TryTake("prefix")) return true;
        if (line.AtEnd) return ActionLine.Refuse(line, "expects 1 argument: <headers>; or 3 arguments: <headers> prefix <pfx>");
        operands.Prefix = ByteView.Literal(line.Next());
        return true;
    }

    private static bool ParseDelete(Directive line, ref RuleStep step)
    {
        step.Action = &Delete;
        if (line.AtEnd) return ActionLine.Refuse(line, "expects at least 1 argument");
        if (!TryExpression(line, ref step, out Operands operands)) return false;
        if (!line.TryTake("-m")) return true;
        if (line.AtEnd) return ActionLine.Refuse(line, "-m flag expects exactly 1 argument");
        operands.Method = line.Next();
        return operands.Method switch
        {
            "str" or "beg" or "end" or "sub" => true,
            "reg" => ActionLine.Refuse(line, "-m reg is unsupported with del-headers-bin due to performance reasons"),
            _ => ActionLine.Refuse(line, $"-m with unsupported matching method '{operands.Method}'"),
        };
    }

    private static bool TryExpression(Directive line, ref RuleStep step, out Operands operands)
    {
        operands = new Operands();
        step.Operands = operands;
        ParsePlace place = ActionLine.PlaceOf(line);
        string text = ParseExpression.WordsOf(line);
        if (ParseExpression.Run(place, text, out string error) is not { } expression) return ActionLine.Refuse(line, error);
        operands.List = expression;
        return (expression.Row!.Places & place.Places) != 0
            || ActionLine.Refuse(line, $"fetch method '{text}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
    }

    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        Edit(ref scope, Unsafe.As<Operands>(step.Operands!), replaces: true, ref verdict);

    private static bool Add(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        Edit(ref scope, Unsafe.As<Operands>(step.Operands!), replaces: false, ref verdict);

    /// <summary>Of a name that the list has twice the last value stays when fields are replaced.</summary>
    private static bool Edit(ref Evaluation scope, Operands operands, bool replaces, ref RuleVerdict verdict)
    {
        if (!TryList(ref scope, operands, out ByteView list)) return true;
        MessageHead* head = EditedHead.Of(ref scope);
        HeaderListReader reader = new(list);
        while (reader.TryNext(out ByteView name) && reader.TryNext(out ByteView value))
        {
            if (name.IsEmpty && value.IsEmpty) return true;
            if (!name.Span.StartsWith(operands.Prefix.Span)) continue;
            if (!IsName(name.Span) || !EditedHead.IsClean(value.Span)) break;
            AsciiCase.LowerInPlace(name.Start, name.Length);
            if (replaces) Remove(head, name.Span);
            if (!EditedHead.HasRoom(ref scope, name.Length + HeadSize.AroundField + value.Length)) break;
            if (!EditFields.Add(head, name, value)) break;
        }
        return EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool Delete(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (!TryList(ref scope, operands, out ByteView list)) return true;
        MessageHead* head = EditedHead.Of(ref scope);
        HeaderListReader reader = new(list);
        while (reader.TryNext(out ByteView name))
        {
            if (name.IsEmpty) return true;
            AsciiCase.LowerInPlace(name.Start, name.Length);
            if (operands.Method == "str") Remove(head, name.Span);
            else RemoveLike(head, name.Span, operands.Method);
        }
        return EditedHead.Fail(ref scope, ref verdict);
    }

    private static void RemoveLike(MessageHead* head, ReadOnlySpan<byte> part, string method)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            ReadOnlySpan<byte> name = field.NameSpan;
            field.Removed |= method[0] switch
            {
                'b' => name.StartsWith(part),
                'e' => name.EndsWith(part),
                _ => name.IndexOf(part) >= 0,
            };
        }
    }

    private static void Remove(MessageHead* head, ReadOnlySpan<byte> name)
    {
        KnownHeader known = KnownHeaders.Find(name);
        if (known != KnownHeader.None) EditFields.Remove(head, known);
        else EditFields.Remove(head, name);
    }

    /// <summary>The list in the scratch area, where fields may point to it. False: there is no value.</summary>
    private static bool TryList(ref Evaluation scope, Operands operands, out ByteView list)
    {
        Sample sample = default;
        list = default;
        return EvaluateExpression.RunAs(ref scope, operands.List, SampleType.Binary, ref sample)
            && scope.Scratch.TryCopy(sample.Bytes.Span, out list);
    }

    /// <summary>Whether all bytes may stand in a field's name (RFC 9110 section 5.6.2), of which there is at least one.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name)
            if (!char.IsAsciiLetterOrDigit((char)letter) && !"!#$%&'*+-.^_`|~"u8.Contains(letter)) return false;
        return !name.IsEmpty && name.Length <= HeadLimits.NameBytesMax;
    }
}
