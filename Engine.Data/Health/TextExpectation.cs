using System;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Data.Logs;

namespace Engine.Data.Health;

/// <summary>A way to match a text: <c>-m str|beg|end|sub|reg</c>.</summary>
public sealed class TextExpectation(string method, string pattern, bool ignoresCase, LogProgram? format = null)
{
    private readonly StringComparison comparison =
        ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly Regex? regex =
        method == "reg" && format is null ? new Regex(pattern, RegexOptions.CultureInvariant) : null;

    public string Method { get; } = method;

    /// <summary>The pattern as a format, evaluated for each check; null: it is constant.</summary>
    public LogProgram? Format { get; } = format;

    /// <param name="bytes">What is looked at.</param>
    /// <param name="made">What the format gave; null: the pattern as it was written.</param>
    public bool IsMatch(ReadOnlySpan<byte> bytes, string? made = null)
    {
        string wanted = made ?? pattern;
        string text = Encoding.Latin1.GetString(bytes);
        return Method switch
        {
            "beg" => text.StartsWith(wanted, comparison),
            "end" => text.EndsWith(wanted, comparison),
            "sub" => text.Contains(wanted, comparison),
            "reg" => regex?.IsMatch(text) ?? Regex.IsMatch(text, wanted, RegexOptions.CultureInvariant),
            _ => text.Equals(wanted, comparison),
        };
    }
}
