using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// <c>-m dir</c> and <c>-m dom</c>: one of the texts stands between delimiters in the value (manual section 7.1.3).
/// Delimiters at the ends of a text do not count; within it they must be there.
/// </summary>
internal sealed unsafe class WordPatterns : PatternSet
{
    private readonly SortedTexts<FromFront> exact;
    private readonly SortedTexts<FromFrontFolded> folded;
    private readonly byte[] delimiters;

    private WordPatterns(ValueList<PatternText> patterns, ReadOnlySpan<byte> delimiters)
    {
        this.delimiters = delimiters.ToArray();
        PatternTexts texts = new(patterns);
        exact = new SortedTexts<FromFront>(Trim(texts.Exact));
        folded = new SortedTexts<FromFrontFolded>(Trim(texts.Folded));
    }

    private static ReadOnlySpan<byte> OfDirectories => "/?"u8;

    private static ReadOnlySpan<byte> OfDomains => "/?.:"u8;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Matches.Add(new("dir", SampleType.String, "part between slashes", &CompileDirectories));
        Words.Matches.Add(new("dom", SampleType.String, "part between dots", &CompileDomains));
    }

    public override bool Matches(ref Evaluation scope, in Sample sample)
    {
        ByteView value = sample.Bytes;
        ReadOnlySpan<byte> rest = value.Span;
        int at = 0;
        while (!rest.IsEmpty)
        {
            if (StandsAt(value.Slice(at, value.Length - at))) return true;
            int next = rest.IndexOfAny(delimiters);
            if (next < 0) return false;
            rest = rest[(next + 1)..];
            at += next + 1;
        }
        return false;
    }

    private bool StandsAt(ByteView rest)
    {
        if (exact.Count > 0)
        {
            for (int i = exact.Longest(rest); i >= 0; i = exact.Shorter(i))
            {
                if (EndsAt(rest, exact[i].Length)) return true;
            }
        }
        if (folded.Count == 0) return false;
        for (int i = folded.Longest(rest); i >= 0; i = folded.Shorter(i))
        {
            if (EndsAt(rest, folded[i].Length)) return true;
        }
        return false;
    }

    private bool EndsAt(ByteView rest, int length) =>
        length == rest.Length || delimiters.AsSpan().Contains(rest.Start[length]);

    private ValueList<ByteView> Trim(ValueList<ByteView> texts)
    {
        ValueList<ByteView> trimmed = new();
        foreach (ByteView text in texts)
        {
            int from = 0;
            int end = text.Length;
            while (from < end && delimiters.AsSpan().Contains(text.Start[from])) from++;
            while (end > from && delimiters.AsSpan().Contains(text.Start[end - 1])) end--;

            // Nothing but delimiters never matches.
            if (end > from) trimmed.Add(text.Slice(from, end - from));
        }
        return trimmed;
    }

    private static PatternSet? CompileDirectories(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new WordPatterns(patterns, OfDirectories);
    }

    private static PatternSet? CompileDomains(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new WordPatterns(patterns, OfDomains);
    }
}
