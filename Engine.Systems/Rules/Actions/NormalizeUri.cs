using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>normalize-uri</c>: one normal form for targets that mean the same (manual section 4.4, RFC 3986 section 6).</summary>
internal static unsafe class NormalizeUri
{
    private const ushort BadRequest = 400;

    private sealed class Operands(UriNormalizer normalizer, bool option)
    {
        public readonly UriNormalizer Normalizer = normalizer;
        public readonly bool Option = option;
    }

    [ModuleInitializer]
    internal static void Register() =>
        Words.HttpRequestActions.Add(new("normalize-uri", "<normalizer> [ full | strict ]", &Parse));

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (!line.Draft.Globals.ExposesExperimental)
        {
            line.Alert("'normalize-uri' action is experimental, must be allowed via a global "
                + "'expose-experimental-directives'");
            return false;
        }
        line.Draft.Globals.UsesExperimental = true;
        string name = line.Next();
        if (name.Length == 0) return ActionLine.Refuse(line, "missing argument <normalizer>");
        UriNormalizer? normalizer = name switch
        {
            "fragment-encode" => UriNormalizer.FragmentEncode,
            "fragment-strip" => UriNormalizer.FragmentStrip,
            "path-merge-slashes" => UriNormalizer.MergeSlashes,
            "path-strip-dot" => UriNormalizer.StripDot,
            "path-strip-dotdot" => UriNormalizer.StripDotDot,
            "percent-decode-unreserved" => UriNormalizer.DecodeUnreserved,
            "percent-to-uppercase" => UriNormalizer.ToUppercase,
            "query-sort-by-name" => UriNormalizer.SortQuery,
            _ => null,
        };
        if (normalizer is null) return ActionLine.Refuse(line, $"unknown normalizer '{name}'");
        string? word = normalizer switch
        {
            UriNormalizer.StripDotDot => "full",
            UriNormalizer.DecodeUnreserved or UriNormalizer.ToUppercase => "strict",
            _ => null,
        };
        bool option = false;
        if (word is not null && !ActionLine.EndsHere(line))
        {
            if (line.Peek() != word) return ActionLine.Refuse(line, $"unknown argument '{line.Peek()}' for '{name}' normalizer");
            option = true;
            line.Next();
        }
        step.Operands = new Operands(normalizer.Value, option);
        step.Action = &Normalize;
        return true;
    }

    private static bool Normalize(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (scope.Request == null || scope.Request->PathAndQuery.IsEmpty) return true;
        int mark = scope.Scratch.Used;
        ReadOnlySpan<byte> old = scope.Request->PathAndQuery.Span;
        int length = NormalForm.Write(operands.Normalizer, operands.Option, old, scope.Scratch.Free);
        if (length == NormalForm.Invalid)
        {
            verdict.Kind = RuleVerdictKind.Deny;
            verdict.Status = BadRequest;
            return false;
        }
        if (length < 0) return EditedHead.Fail(ref scope, ref verdict);
        if (old.SequenceEqual(scope.Scratch.Free[..length])) return true;
        ByteView text = scope.Scratch.Commit(length);
        if (EditTarget.SetPathAndQuery(scope.Request, ref scope.Scratch, text)) return true;
        scope.Scratch.Rewind(mark);
        return EditedHead.Fail(ref scope, ref verdict);
    }
}
