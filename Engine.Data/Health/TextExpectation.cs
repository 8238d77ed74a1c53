using System;
using System.Text;
using System.Text.RegularExpressions;

namespace Engine.Data.Health;

/// <summary>A way to match a text: <c>-m str|beg|end|sub|reg</c>.</summary>
public sealed class TextExpectation(string method, string pattern, bool ignoresCase)
{
    private readonly StringComparison comparison =
        ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly Regex? regex = method == "reg" ? new Regex(pattern, RegexOptions.CultureInvariant) : null;

    public string Method { get; } = method;

    public bool IsMatch(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        return Method switch
        {
            "beg" => text.StartsWith(pattern, comparison),
            "end" => text.EndsWith(pattern, comparison),
            "sub" => text.Contains(pattern, comparison),
            "reg" => regex!.IsMatch(text),
            _ => text.Equals(pattern, comparison),
        };
    }
}
