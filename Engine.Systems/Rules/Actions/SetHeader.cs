using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Evaluate;
using Engine.Systems.Http1;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>set-header</c> and <c>add-header</c> (manual section 4.4).</summary>
internal static unsafe class SetHeader
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("set-header", "<name> <fmt>", &ParseSet));
        Words.HttpRequestActions.Add(new("add-header", "<name> <fmt>", &ParseAdd));
        Words.HttpResponseActions.Add(new("set-header", "<name> <fmt>", &ParseSet));
        Words.HttpResponseActions.Add(new("add-header", "<name> <fmt>", &ParseAdd));
        Words.HttpAfterResponseActions.Add(new("set-header", "<name> <fmt>", &ParseSet));
        Words.HttpAfterResponseActions.Add(new("add-header", "<name> <fmt>", &ParseAdd));
    }

    private static bool ParseSet(Directive line, ref RuleStep step)
    {
        step.Action = &Set;
        return Parse(line, ref step);
    }

    private static bool ParseAdd(Directive line, ref RuleStep step)
    {
        step.Action = &Add;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        if (name.Length == 0 || line.AtEnd) return ActionLine.Refuse(line, "expects exactly 2 arguments");
        string value = line.Next();
        if (IndexOfForbidden(name) is >= 0 and int wrong)
            line.Warn($"header name '{name}' contains forbidden character '{name[wrong]}'.");
        if (ActionLine.Format(line, value) is not { } program) return false;
        ByteView lower = ByteView.Literal(name.ToLowerInvariant());
        step.Operands = new HeaderEdit { Name = lower, Known = KnownHeaders.Find(lower.Span), Value = program };
        return true;
    }

    /// <summary>Position of the first character that is no token character (RFC 9110 section 5.6.2); -1: none.</summary>
    internal static int IndexOfForbidden(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]) && !"!#$%&'*+-.^_`|~".Contains(name[i], StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    /// <summary>The value is made before the old fields go: it may be built from them.</summary>
    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        HeaderEdit edit = Unsafe.As<HeaderEdit>(step.Operands!);
        MessageHead* head = EditedHead.Of(ref scope);
        if (!MakeText.TryRun(ref scope, edit.Value, out ByteView value) || !EditedHead.IsClean(value.Span)
            || !EditedHead.FollowHost(ref scope, edit.Known, value))
        {
            return EditedHead.Fail(ref scope, ref verdict);
        }
        if (edit.Known != KnownHeader.None) EditFields.Remove(head, edit.Known);
        else EditFields.Remove(head, edit.Name.Span);
        return TryAdd(ref scope, head, edit.Name, value) || EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool Add(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        HeaderEdit edit = Unsafe.As<HeaderEdit>(step.Operands!);
        if (!MakeText.TryRun(ref scope, edit.Value, out ByteView value) || !EditedHead.IsClean(value.Span)
            || !EditedHead.FollowHost(ref scope, edit.Known, value))
        {
            return EditedHead.Fail(ref scope, ref verdict);
        }
        return TryAdd(ref scope, EditedHead.Of(ref scope), edit.Name, value) || EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool TryAdd(ref Evaluation scope, MessageHead* head, ByteView name, ByteView value) =>
        EditedHead.HasRoom(ref scope, name.Length + HeadSize.AroundField + value.Length) && EditFields.Add(head, name, value);
}
