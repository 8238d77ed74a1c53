using System;
using System.Text;
using System.Text.RegularExpressions;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// A regular expression whose groups are wanted: for replacements. By PCRE2 where it is there, without allocation;
/// otherwise by the framework, which makes an object a match.
/// </summary>
public sealed unsafe class GroupRegex
{
    /// <summary>The whole match and the groups 1 to 9.</summary>
    public const int GroupsMax = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static void* matches;

    private readonly void* code;
    private readonly Regex? regex;

    private GroupRegex(void* code) => this.code = code;

    private GroupRegex(Regex regex) => this.regex = regex;

    /// <summary>Compiles; null with the reason in the reference's words.</summary>
    public static GroupRegex? Compile(string pattern, bool ignoreCase, out string error)
    {
        error = "";
        if (Pcre2.IsThere) return CompileNative(pattern, ignoreCase, ref error);
        if (ByteRegex.Compile(pattern, ignoreCase, out error) is null) return null;
        RegexOptions options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0);
        return new GroupRegex(new Regex(TranslateRegex.Run(pattern), options, Patience));
    }

    /// <summary>
    /// Searches from an offset. Fills begin and end of the match and of its groups; -1 for a group that took no part.
    /// </summary>
    public bool TryMatch(ReadOnlySpan<byte> value, int from, Span<int> groups)
    {
        groups.Fill(-1);
        return regex is null ? TryNative(value, from, groups) : TryManaged(value, from, groups);
    }

    private static GroupRegex? CompileNative(string pattern, bool ignoreCase, ref string error)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(pattern + "\0");
        int code = 0;
        nuint offset = 0;
        fixed (byte* start = bytes)
        {
            void* compiled = Pcre2.Compile(
                start, (nuint)pattern.Length, ignoreCase ? Pcre2.Caseless : 0, &code, &offset, null);
            if (compiled != null)
            {
                Pcre2.CompileFurther(compiled, 1);
                return new GroupRegex(compiled);
            }
        }
        byte* text = stackalloc byte[256];
        int length = Pcre2.ErrorMessage(code, text, 256);
        string reason = Encoding.Latin1.GetString(text, Math.Max(0, length));
        error = $"regex '{pattern}' is invalid (error={reason}, erroffset={offset})";
        return null;
    }

    private bool TryNative(ReadOnlySpan<byte> value, int from, Span<int> groups)
    {
        if (matches == null) matches = Pcre2.CreateMatches(GroupsMax, null);
        if (matches == null) return false;
        int found;
        byte none = 0;
        fixed (byte* start = value)
        {
            byte* subject = start == null ? &none : start;
            found = Pcre2.Match(code, subject, (nuint)value.Length, (nuint)from, 0, matches, Pcre2.MatchLimits);
        }
        if (found < 0) return false;
        int count = found == 0 ? GroupsMax : found;
        nuint* offsets = Pcre2.Offsets(matches);
        for (int i = 0; i < count * 2; i++) groups[i] = offsets[i] == nuint.MaxValue ? -1 : (int)offsets[i];
        return true;
    }

    private bool TryManaged(ReadOnlySpan<byte> value, int from, Span<int> groups)
    {
        try
        {
            Match match = regex!.Match(Encoding.Latin1.GetString(value), from);
            if (!match.Success) return false;
            int count = Math.Min(match.Groups.Count, GroupsMax);
            for (int i = 0; i < count; i++)
            {
                Group group = match.Groups[i];
                if (!group.Success) continue;
                groups[i * 2] = group.Index;
                groups[(i * 2) + 1] = group.Index + group.Length;
            }
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
