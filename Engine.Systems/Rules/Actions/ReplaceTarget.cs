using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>replace-path</c>, <c>replace-pathq</c>, <c>replace-uri</c>: where the expression matches, the whole of the part
/// is replaced (manual section 4.4).
/// </summary>
internal static unsafe class ReplaceTarget
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("replace-path", "<match-regex> <replace-fmt>", &ParsePath));
        Words.HttpRequestActions.Add(new("replace-pathq", "<match-regex> <replace-fmt>", &ParsePathAndQuery));
        Words.HttpRequestActions.Add(new("replace-uri", "<match-regex> <replace-fmt>", &ParseAll));
    }

    private static bool ParsePath(Directive line, ref RuleStep step)
    {
        step.Action = &ReplacePath;
        return Parse(line, ref step);
    }

    private static bool ParsePathAndQuery(Directive line, ref RuleStep step)
    {
        step.Action = &ReplacePathAndQuery;
        return Parse(line, ref step);
    }

    private static bool ParseAll(Directive line, ref RuleStep step)
    {
        step.Action = &ReplaceAll;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string expression = line.Next();
        string format = line.Next();
        if (expression.Length == 0 || format.Length == 0 || !ActionLine.EndsHere(line))
            return ActionLine.Refuse(line, "expects exactly 2 arguments <match-regex> and <replace-format>");
        if (GroupRegex.Compile(expression, ignoreCase: false, out string error) is not { } regex)
            return ActionLine.Refuse(line, $"failed to parse the regex : {error}");
        if (ActionLine.Format(line, format) is not { } program) return false;
        step.Operands = new Replacement(regex, program);
        return true;
    }

    private static bool ReplacePath(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ByteView old = scope.Request->Path;
        if (!Unsafe.As<Replacement>(step.Operands!).TryRun(ref scope, old, out ByteView text, out bool found))
            return EditedHead.Fail(ref scope, ref verdict);
        return !found
            || (EditedHead.HasRoom(ref scope, text.Length - old.Length)
                && EditTarget.SetPath(scope.Request, ref scope.Scratch, text))
            || EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool ReplacePathAndQuery(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ByteView old = scope.Request->PathAndQuery;
        if (!Unsafe.As<Replacement>(step.Operands!).TryRun(ref scope, old, out ByteView text, out bool found))
            return EditedHead.Fail(ref scope, ref verdict);
        return !found
            || (EditedHead.HasRoom(ref scope, text.Length - old.Length)
                && EditTarget.SetPathAndQuery(scope.Request, ref scope.Scratch, text))
            || EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool ReplaceAll(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        ByteView old = scope.Request->Target;
        if (!Unsafe.As<Replacement>(step.Operands!).TryRun(ref scope, old, out ByteView text, out bool found))
            return EditedHead.Fail(ref scope, ref verdict);
        return !found
            || (EditedHead.HasRoom(ref scope, text.Length - old.Length)
                && EditTarget.SetAll(scope.Request, ref scope.Scratch, text))
            || EditedHead.Fail(ref scope, ref verdict);
    }
}
