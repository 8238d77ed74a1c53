using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m sub</c>: one of the texts stands somewhere in the value.</summary>
internal sealed unsafe class SubstringPatterns : PatternSet
{
    /// <summary>Up to so many are searched one after the other.</summary>
    private const int Few = 6;

    private readonly ByteView[] exact;
    private readonly ByteView[] folded;
    private readonly TextAutomaton? exactMany;
    private readonly TextAutomaton? foldedMany;

    private SubstringPatterns(PatternTexts texts)
    {
        exact = texts.Exact.ToArray();
        folded = texts.Folded.ToArray();
        if (exact.Length > Few) exactMany = new TextAutomaton(texts.Exact, ignoreCase: false);
        if (folded.Length > Few) foldedMany = new TextAutomaton(texts.Folded, ignoreCase: true);
    }

    [ModuleInitializer]
    internal static void Register() => Words.Matches.Add(new("sub", SampleType.String, "part", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample) =>
        (exact.Length > 0 && FindsExact(sample.Bytes)) || (folded.Length > 0 && FindsFolded(sample.Bytes));

    private bool FindsExact(ByteView value)
    {
        if (exactMany is not null) return exactMany.Finds(value);
        foreach (ByteView text in exact)
        {
            if (value.Span.IndexOf(text.Span) >= 0) return true;
        }
        return false;
    }

    private bool FindsFolded(ByteView value)
    {
        if (foldedMany is not null) return foldedMany.Finds(value);
        foreach (ByteView text in folded)
        {
            if (StandsIn(value, text)) return true;
        }
        return false;
    }

    internal static bool StandsIn(ByteView value, ByteView text)
    {
        if (text.IsEmpty) return true;
        byte lower = AsciiCase.Lower(text.Start[0]);
        byte upper = (uint)(lower - 'a') <= 'z' - 'a' ? (byte)(lower - 32) : lower;
        int at = 0;
        while (value.Length - at >= text.Length)
        {
            int next = value.Slice(at, value.Length - at - text.Length + 1).Span.IndexOfAny(lower, upper);
            if (next < 0) return false;
            at += next;
            if (AsciiCase.Equals(value.Start + at, text.Start, text.Length)) return true;
            at++;
        }
        return false;
    }

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        return new SubstringPatterns(new PatternTexts(patterns));
    }
}
