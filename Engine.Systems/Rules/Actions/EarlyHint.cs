using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Forward;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>early-hint</c>: a 103 answer with one field, before any other (manual section 4.4, RFC 8297).</summary>
internal static unsafe class EarlyHint
{
    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 103 Early Hints\r\n"u8;

    [ModuleInitializer]
    internal static void Register() => Words.HttpRequestActions.Add(new("early-hint", "<name> <fmt>", &Parse));

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        if (name.Length == 0 || line.AtEnd) return ActionLine.Refuse(line, "expects exactly 2 arguments");
        string value = line.Next();
        if (SetHeader.IndexOfForbidden(name) is >= 0 and int wrong)
            line.Warn($"header name '{name}' contains forbidden character '{name[wrong]}'.");
        if (ActionLine.Format(line, value) is not { } program) return false;
        step.Operands = new HeaderEdit { Name = ByteView.Literal(name.ToLowerInvariant()), Value = program };
        step.Action = &Run;
        return true;
    }

    /// <summary>A client of HTTP/1.0 knows no answers before the answer (RFC 9110 section 15.2).</summary>
    private static bool Run(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.ClientOutput == null || (scope.Stream->Flags & StreamFlags.ClientHttp10) != 0) return true;
        HeaderEdit edit = Unsafe.As<HeaderEdit>(step.Operands!);
        int mark = scope.Scratch.Used;
        bool good = MakeText.TryRun(ref scope, edit.Value, out ByteView value) && EditedHead.IsClean(value.Span)
            && TryWrite(ref scope, edit.Name.Span, value.Span);
        scope.Scratch.Rewind(mark);
        return good || EditedHead.Fail(ref scope, ref verdict);
    }

    private static bool TryWrite(ref Evaluation scope, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> text = scope.Scratch.Free;
        if (text.Length < StatusLine.Length + name.Length + value.Length + 6) return false;
        StatusLine.CopyTo(text);
        int at = StatusLine.Length;
        name.CopyTo(text[at..]);
        at += name.Length;
        ": "u8.CopyTo(text[at..]);
        value.CopyTo(text[(at + 2)..]);
        at += 2 + value.Length;
        "\r\n\r\n"u8.CopyTo(text[at..]);
        scope.Hinted = AppendBytes.Run(scope.Buffers!, ref *scope.ClientOutput, text[..(at + 4)]) || scope.Hinted;
        return true;
    }
}
