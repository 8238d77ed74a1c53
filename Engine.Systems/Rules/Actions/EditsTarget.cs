using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-method</c>, <c>set-path</c>, <c>set-pathq</c>, <c>set-query</c>, <c>set-uri</c> (manual section 4.4).
/// </summary>
internal static unsafe class EditsTarget
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("set-method", "<fmt>", &ParseMethod));
        Words.HttpRequestActions.Add(new("set-path", "<fmt>", &ParsePath));
        Words.HttpRequestActions.Add(new("set-pathq", "<fmt>", &ParsePathAndQuery));
        Words.HttpRequestActions.Add(new("set-query", "<fmt>", &ParseQuery));
        Words.HttpRequestActions.Add(new("set-uri", "<fmt>", &ParseAll));
    }

    private static bool ParseMethod(Directive line, ref RuleStep step)
    {
        step.Action = &SetMethod;
        return Parse(line, ref step);
    }

    private static bool ParsePath(Directive line, ref RuleStep step)
    {
        step.Action = &SetPath;
        return Parse(line, ref step);
    }

    private static bool ParsePathAndQuery(Directive line, ref RuleStep step)
    {
        step.Action = &SetPathAndQuery;
        return Parse(line, ref step);
    }

    private static bool ParseQuery(Directive line, ref RuleStep step)
    {
        step.Action = &SetQuery;
        return Parse(line, ref step);
    }

    private static bool ParseAll(Directive line, ref RuleStep step)
    {
        step.Action = &SetAll;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string format = line.Next();
        if (format.Length == 0 || !ActionLine.EndsHere(line))
            return ActionLine.Refuse(line, "expects exactly 1 argument <format>");
        step.Operands = ActionLine.Format(line, format);
        return step.Operands is not null;
    }

    private static bool TryMake(ref Evaluation scope, in RuleStep step, out ByteView text) =>
        MakeText.TryRun(ref scope, Unsafe.As<LogProgram>(step.Operands!), out text);

    private static bool SetMethod(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (!TryMake(ref scope, in step, out ByteView name) || !IsToken(name))
            return EditedHead.Fail(ref scope, ref verdict);
        Method method = MethodNames.Find(name.Span);

        // What a tunnel is and what is none was decided when the head was read. Samples go on telling the client's
        // method, as the reference's do.
        if (method != scope.Request->Method && (method == Method.Connect || scope.Request->Method == Method.Connect))
            return EditedHead.Fail(ref scope, ref verdict);
        scope.Request->MethodName = name;
        if (scope.Stream != null) scope.Stream->Method = method;
        scope.Request->Flags &= ~HeadFlags.PlainStartLine;
        return true;
    }

    private static bool SetPath(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        (TryMake(ref scope, in step, out ByteView text)
            && EditedHead.HasRoom(ref scope, text.Length - scope.Request->Path.Length)
            && EditTarget.SetPath(scope.Request, ref scope.Scratch, text))
        || EditedHead.Fail(ref scope, ref verdict);

    private static bool SetPathAndQuery(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        (TryMake(ref scope, in step, out ByteView text)
            && EditedHead.HasRoom(ref scope, text.Length - scope.Request->PathAndQuery.Length)
            && EditTarget.SetPathAndQuery(scope.Request, ref scope.Scratch, text))
        || EditedHead.Fail(ref scope, ref verdict);

    private static bool SetQuery(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        (TryMake(ref scope, in step, out ByteView text)
            && EditedHead.HasRoom(ref scope, text.Length - scope.Request->Query.Length)
            && EditTarget.SetQuery(scope.Request, ref scope.Scratch, text))
        || EditedHead.Fail(ref scope, ref verdict);

    private static bool SetAll(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) =>
        (TryMake(ref scope, in step, out ByteView text)
            && EditedHead.HasRoom(ref scope, text.Length - scope.Request->Target.Length)
            && EditTarget.SetAll(scope.Request, ref scope.Scratch, text))
        || EditedHead.Fail(ref scope, ref verdict);

    /// <summary>RFC 9110 section 9.1: a method is a token.</summary>
    private static bool IsToken(ByteView name)
    {
        foreach (byte letter in name.Span)
            if (letter is <= (byte)' ' or >= 127) return false;
        return !name.IsEmpty;
    }
}
