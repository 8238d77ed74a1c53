using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Converters;

/// <summary><c>regsub(regex,replacement[,flags])</c>: as the substitution of sed (manual section 7.3.1).</summary>
internal static unsafe class RegsubConverter
{
    private sealed class Substitution(GroupRegex regex, bool isGlobal)
    {
        public readonly GroupRegex Regex = regex;
        public readonly bool IsGlobal = isGlobal;
    }

    [ModuleInitializer]
    internal static void Register() =>
        Words.Converters.Add(new(
            "regsub", new ArgumentSpec(2, ArgumentKind.Regex, ArgumentKind.String, ArgumentKind.String),
            SampleType.String, SampleType.String, &Replace)
        {
            Prepare = &Prepare,
        });

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        string flags = arguments.Text(2).ToString();
        foreach (char flag in flags)
        {
            if (flag is not ('i' or 'g'))
                return $"invalid regex flag '{flag}', only 'i' and 'g' are supported";
        }
        bool ignoreCase = flags.Contains('i', StringComparison.Ordinal);
        if (GroupRegex.Compile(arguments.Text(0).ToString(), ignoreCase, out string error) is not { } regex) return error;
        arguments.Prepared = new Substitution(regex, flags.Contains('g', StringComparison.Ordinal));
        return null;
    }

    private static bool Replace(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Substitution substitution = Unsafe.As<Substitution>(arguments.Prepared!);
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        ReadOnlySpan<byte> template = arguments.Text(1).Span;
        Span<byte> free = scope.Scratch.Free;
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        int written = 0;
        int at = 0;
        while (at <= value.Length && substitution.Regex.TryMatch(value, at, groups))
        {
            if (!TryAppend(free, ref written, value[at..groups[0]])) return false;
            int made = ExpandGroups.Run(template, value, groups, free[written..]);
            if (made < 0) return false;
            written += made;
            at = groups[1];
            if (!substitution.IsGlobal) break;

            // An empty match takes nothing: the byte behind it passes, or the loop would stand still.
            if (groups[1] > groups[0]) continue;
            if (at < value.Length && !TryAppend(free, ref written, value.Slice(at, 1))) return false;
            at++;
        }
        if (at < value.Length && !TryAppend(free, ref written, value[at..])) return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool TryAppend(Span<byte> space, ref int written, ReadOnlySpan<byte> text)
    {
        if (!text.TryCopyTo(space[written..])) return false;
        written += text.Length;
        return true;
    }
}
