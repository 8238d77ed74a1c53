using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// A regular expression over bytes. It is evaluated without backtracking where its constructs allow (linear time,
/// THREATS.md E12), otherwise within a time limit. The engine works on chars, so a value is widened into a buffer of
/// the thread first. Each worker thread has its own Regex: one in use by another thread would be copied on the heap.
/// </summary>
public sealed unsafe class ByteRegex
{
    /// <summary>Worker threads that get their own; the others share the first.</summary>
    private const int ThreadsMax = 64;

    /// <summary>What an expression that needs backtracking may take; beyond it the value does not match.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static char* buffer;

    [ThreadStatic]
    private static int bufferLength;

    private readonly string pattern;
    private readonly RegexOptions options;
    private readonly Regex first;
    private readonly Regex?[] others = new Regex?[ThreadsMax];

    private ByteRegex(string pattern, RegexOptions options)
    {
        this.pattern = pattern;
        this.options = options;
        first = Make();
    }

    /// <summary>Whether it runs in time proportional to the value's length.</summary>
    public bool IsLinear => (options & RegexOptions.NonBacktracking) != 0;

    /// <summary>Compiles; null with the reason in the reference's words.</summary>
    public static ByteRegex? Compile(string pattern, bool ignoreCase, out string error)
    {
        RegexOptions options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0);
        error = "";
        try
        {
            string translated = TranslateRegex.Run(pattern);
            try
            {
                return new ByteRegex(translated, options | RegexOptions.NonBacktracking);
            }
            catch (NotSupportedException)
            {
                return new ByteRegex(translated, options);
            }
        }
        catch (RegexParseException refusal)
        {
            (string reason, int offset) = Describe(refusal, pattern);
            error = $"regex '{pattern}' is invalid (error={reason}, erroffset={offset})";
            return null;
        }
    }

    /// <summary>Whether it matches anywhere in the value. Allocates only at a thread's first use.</summary>
    public bool Matches(int thread, ReadOnlySpan<byte> value)
    {
        if (bufferLength < value.Length || buffer == null) Grow(value.Length);
        Span<char> text = new(buffer, value.Length);
        Encoding.Latin1.GetChars(value, text);
        Regex regex = (uint)(thread - 1) < ThreadsMax - 1 ? others[thread] ??= Make() : first;
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static void Grow(int length)
    {
        bufferLength = Math.Max(4096, length * 2);
        buffer = (char*)NativeMemory.Realloc(buffer, (nuint)bufferLength * sizeof(char));
    }

    private Regex Make() =>
        IsLinear ? new Regex(pattern, options) : new Regex(pattern, options, Patience);

    private static (string Reason, int Offset) Describe(RegexParseException refusal, string pattern) =>
        refusal.Error switch
        {
            RegexParseError.InsufficientClosingParentheses => ("missing closing parenthesis", pattern.Length),
            RegexParseError.InsufficientOpeningParentheses => ("unmatched closing parenthesis", refusal.Offset - 1),
            RegexParseError.UnterminatedBracket => ("missing terminating ] for character class", pattern.Length),
            RegexParseError.ReversedQuantifierRange =>
                ("numbers out of order in {} quantifier", Math.Min(refusal.Offset, pattern.Length)),
            RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized =>
                ("quantifier does not follow a repeatable item", Math.Min(refusal.Offset - 1, pattern.Length)),
            RegexParseError.UnescapedEndingBackslash => ("\\ at end of pattern", pattern.Length),
            RegexParseError.ReversedCharacterRange =>
                ("range out of order in character class", Math.Min(refusal.Offset - 1, pattern.Length)),
            _ => (refusal.Error.ToString(), Math.Min(refusal.Offset, pattern.Length)),
        };
}
