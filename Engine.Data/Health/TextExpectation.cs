using System;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Data.Logs;

namespace Engine.Data.Health;

/// <summary>A way to match a text: <c>-m str|beg|end|sub|reg</c>.</summary>
/// <param name="method">The word behind <c>-m</c>.</param>
/// <param name="pattern">The text; unused with a format or an expression.</param>
/// <param name="ignoresCase">Upper and lower case are the same.</param>
/// <param name="format">The text as a format; null: it is constant.</param>
/// <param name="regex">The expression of <c>-m reg</c>, which knows whether case counts.</param>
public sealed class TextExpectation(
    string method, string pattern, bool ignoresCase, LogProgram? format = null, Regex? regex = null)
{
    private readonly StringComparison comparison =
        ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public string Method { get; } = method;

    /// <summary>The pattern as a format, evaluated for each check; null: it is constant.</summary>
    public LogProgram? Format { get; } = format;

    /// <param name="bytes">What is looked at.</param>
    /// <param name="made">What the format gave; null: the pattern as it was written.</param>
    public bool IsMatch(ReadOnlySpan<byte> bytes, string? made = null)
    {
        string wanted = made ?? pattern;
        string text = Encoding.Latin1.GetString(bytes);
        if (regex is not null) return PatientMatch.Run(regex, text);
        return Method switch
        {
            "beg" => text.StartsWith(wanted, comparison),
            "end" => text.EndsWith(wanted, comparison),
            "sub" => text.Contains(wanted, comparison),
            _ => text.Equals(wanted, comparison),
        };
    }
}
