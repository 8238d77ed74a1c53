using System;

namespace Engine.Runtime.CommandLine;

/// <summary>Our version and the one of HAProxy that we are compatible with.</summary>
public static class ProductVersion
{
    public const string Name = "Sluice";

    /// <summary>Version of this program.</summary>
    public const string Own = "0.1.0";

    /// <summary>Branch of HAProxy whose configurations, logs and commands are understood.</summary>
    public const string Compatible = "3.5";

    /// <summary>Both, as the Runtime API tells it.</summary>
    public const string Full = $"{Compatible}-sluice-{Own}";

    /// <summary>When <see cref="Own"/> was made.</summary>
    public const string ReleaseDate = "2026/11/28";

    private const int Components = 4;

    /// <summary>
    /// Compares the compatible version with a text as <c>version_atleast()</c> takes it: missing numbers are zero,
    /// <c>-dev</c> stands before the release. Negative: we are older.
    /// </summary>
    public static int CompareCompatible(ReadOnlySpan<char> text)
    {
        Span<int> ours = stackalloc int[Components];
        Span<int> theirs = stackalloc int[Components];
        Parse(Compatible, ours);
        Parse(text, theirs);
        return ours.SequenceCompareTo(theirs);
    }

    // Three numbers, then 0 for the release or a negative one for development versions: dev1 < dev2 < release.
    private static void Parse(ReadOnlySpan<char> text, Span<int> numbers)
    {
        int at = 0;
        for (int i = 0; i < Components - 1; i++)
        {
            numbers[i] = ReadNumber(text, ref at);
            if (at < text.Length && text[at] == '.') at++;
        }
        ReadOnlySpan<char> rest = text[at..];
        if (!rest.StartsWith("-dev")) return;
        at += 4;
        numbers[Components - 1] = ReadNumber(text, ref at) - int.MaxValue;
    }

    private static int ReadNumber(ReadOnlySpan<char> text, ref int at)
    {
        long number = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            number = Math.Min(number * 10 + text[at++] - '0', 1_000_000);
        return (int)number;
    }
}
