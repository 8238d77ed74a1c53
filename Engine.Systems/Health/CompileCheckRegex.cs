using System;
using System.Text.RegularExpressions;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Health;

/// <summary>Compiles the regular expression of an <c>expect</c>.</summary>
public static class CompileCheckRegex
{
    /// <summary>What an expression that needs backtracking may take; beyond it the answer does not match.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Null, with the reason, for one that is none.</summary>
    public static Regex? Run(string pattern, bool ignoreCase, out string error)
    {
        RegexOptions options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        error = "";
        try
        {
            string translated = TranslateRegex.Run(pattern);
            try
            {
                return new Regex(translated, options | RegexOptions.NonBacktracking);
            }
            catch (NotSupportedException)
            {
                return new Regex(translated, options, Patience);
            }
        }
        catch (ArgumentException)
        {
            _ = ByteRegex.Compile(pattern, ignoreCase, out error);
            return null;
        }
    }
}
