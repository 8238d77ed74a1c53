using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>del-header name [ -m method ]</c> (manual section 4.4).</summary>
internal static unsafe class DelHeader
{
    private sealed class Operands
    {
        public ByteView Name;
        public KnownHeader Known;
        public ByteRegex? Expression;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("del-header", "<name> [ -m <meth> ]", &Parse));
        Words.HttpResponseActions.Add(new("del-header", "<name> [ -m <meth> ]", &Parse));
        Words.HttpAfterResponseActions.Add(new("del-header", "<name> [ -m <meth> ]", &Parse));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        if (name.Length == 0) return ActionLine.Refuse(line, "expects at least 1 argument");
        string method = "str";
        if (line.TryTake("-m"))
        {
            if (line.AtEnd) return ActionLine.Refuse(line, "-m flag expects exactly 1 argument");
            method = line.Next();
        }
        Operands operands = new() { Name = ByteView.Literal(name.ToLowerInvariant()) };
        switch (method)
        {
            case "str":
                operands.Known = KnownHeaders.Find(operands.Name.Span);
                step.Action = &RemoveSame;
                break;
            case "beg":
                step.Action = &RemoveBeginning;
                break;
            case "end":
                step.Action = &RemoveEnding;
                break;
            case "sub":
                step.Action = &RemoveHolding;
                break;
            case "reg":
                operands.Expression = ByteRegex.Compile(name, ignoreCase: false, out string error);
                if (operands.Expression is null) return ActionLine.Refuse(line, error);
                step.Action = &RemoveMatching;
                break;
            default:
                return ActionLine.Refuse(line, $"-m with unsupported matching method '{method}'");
        }
        step.Operands = operands;
        return true;
    }

    private static bool RemoveSame(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        MessageHead* head = EditedHead.Of(ref scope);
        if (operands.Known != KnownHeader.None) EditFields.Remove(head, operands.Known);
        else EditFields.Remove(head, operands.Name.Span);
        return true;
    }

    // Names stand in the index in lower case, except those that rules added, which our parsers lower, too.
    private static bool RemoveBeginning(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ReadOnlySpan<byte> part = Unsafe.As<Operands>(step.Operands!).Name.Span;
        foreach (ref HeaderField field in MessageHead.Fields(EditedHead.Of(ref scope)))
            if (field.NameSpan.StartsWith(part)) field.Removed = true;
        return true;
    }

    private static bool RemoveEnding(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ReadOnlySpan<byte> part = Unsafe.As<Operands>(step.Operands!).Name.Span;
        foreach (ref HeaderField field in MessageHead.Fields(EditedHead.Of(ref scope)))
            if (field.NameSpan.EndsWith(part)) field.Removed = true;
        return true;
    }

    private static bool RemoveHolding(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ReadOnlySpan<byte> part = Unsafe.As<Operands>(step.Operands!).Name.Span;
        foreach (ref HeaderField field in MessageHead.Fields(EditedHead.Of(ref scope)))
            if (field.NameSpan.IndexOf(part) >= 0) field.Removed = true;
        return true;
    }

    private static bool RemoveMatching(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ByteRegex expression = Unsafe.As<Operands>(step.Operands!).Expression!;
        foreach (ref HeaderField field in MessageHead.Fields(EditedHead.Of(ref scope)))
            if (expression.Matches(scope.Thread, field.NameSpan)) field.Removed = true;
        return true;
    }
}
