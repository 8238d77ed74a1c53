using System;
using System.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Turns a regular expression in the dialect of PCRE, which configurations are written in, into the one of
/// System.Text.RegularExpressions. Classes such as <c>\d</c> and <c>\w</c> are ASCII there and Unicode here, POSIX
/// classes and possessive quantifiers exist only there.
/// </summary>
internal sealed class TranslateRegex
{
    private readonly string pattern;
    private readonly StringBuilder output = new();
    private int at;

    /// <summary>Where in the output the item begins that a quantifier would hold for.</summary>
    private int atom;

    private readonly System.Collections.Generic.Stack<int> groups = new();

    private TranslateRegex(string pattern) => this.pattern = pattern;

    public static string Run(string pattern)
    {
        TranslateRegex translation = new(pattern);
        while (translation.at < pattern.Length) translation.Item();
        return translation.output.ToString();
    }

    private void Item()
    {
        char c = pattern[at];
        switch (c)
        {
            case '\\':
                atom = output.Length;
                Escape();
                return;
            case '[':
                atom = output.Length;
                Class();
                return;
            case '(':
                groups.Push(output.Length);
                Group();
                return;
            case ')':
                if (groups.Count > 0) atom = groups.Pop();
                break;
            case '*' or '+' or '?':
                at++;
                output.Append(c);
                Possessive();
                return;
            case '{' when IsCounter(out int end):
                output.Append(pattern, at, end - at);
                at = end;
                Possessive();
                return;
            default:
                atom = output.Length;
                break;
        }
        output.Append(c);
        at++;
    }

    /// <summary>A plus behind a quantifier forbids giving back: an atomic group does the same.</summary>
    private void Possessive()
    {
        if (at >= pattern.Length || pattern[at] != '+') return;
        at++;
        output.Insert(atom, "(?>").Append(')');
    }

    private bool IsCounter(out int end)
    {
        end = at + 1;
        int digits = 0;
        while (end < pattern.Length && (char.IsAsciiDigit(pattern[end]) || pattern[end] == ','))
        {
            if (pattern[end] != ',') digits++;
            end++;
        }
        if (end >= pattern.Length || pattern[end] != '}' || digits == 0) return false;
        end++;
        return true;
    }

    /// <summary><c>(?P&lt;name&gt;...)</c> is the Python spelling of a named group.</summary>
    private void Group()
    {
        if (string.CompareOrdinal(pattern, at, "(?P<", 0, 4) == 0)
        {
            output.Append("(?<");
            at += 4;
            return;
        }
        output.Append('(');
        at++;
        if (at < pattern.Length && pattern[at] == '?')
        {
            output.Append('?');
            at++;
        }
    }

    private void Escape()
    {
        if (at + 1 >= pattern.Length)
        {
            output.Append('\\');
            at++;
            return;
        }
        char c = pattern[at + 1];
        at += 2;
        switch (c)
        {
            case 'd':
                output.Append("[0-9]");
                return;
            case 'D':
                output.Append("[^0-9]");
                return;
            case 'w':
                output.Append("[A-Za-z0-9_]");
                return;
            case 'W':
                output.Append("[^A-Za-z0-9_]");
                return;
            case 's':
                output.Append("[ \\t\\n\\v\\f\\r]");
                return;
            case 'S':
                output.Append("[^ \\t\\n\\v\\f\\r]");
                return;
            case 'h':
                output.Append("[ \\t\\u00A0]");
                return;
            case 'H':
                output.Append("[^ \\t\\u00A0]");
                return;
            case 'R':
                output.Append("(?:\\r\\n|[\\n\\v\\f\\r\\u0085])");
                return;
            case 'N':
                output.Append("[^\\n]");
                return;
            case 'Q':
                Quoted();
                return;
            case 'x' when at < pattern.Length && pattern[at] == '{':
                Braced();
                return;
            default:
                output.Append('\\').Append(c);
                return;
        }
    }

    /// <summary>Literal text up to <c>\E</c>.</summary>
    private void Quoted()
    {
        int end = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
        string text = end < 0 ? pattern[at..] : pattern[at..end];
        foreach (char c in text)
        {
            atom = output.Length;
            Literal(c);
        }
        at = end < 0 ? pattern.Length : end + 2;
    }

    /// <summary><c>\x{e9}</c>.</summary>
    private void Braced()
    {
        int end = pattern.IndexOf('}', at);
        if (end < 0 || end - at is 1 or > 5)
        {
            output.Append("\\x");
            return;
        }
        output.Append("\\u").Append(pattern[(at + 1)..end].PadLeft(4, '0'));
        at = end + 1;
    }

    private void Literal(char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || c > 127) output.Append(c);
        else output.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Class()
    {
        int start = at++;
        StringBuilder content = new("[");
        if (at < pattern.Length && pattern[at] == '^')
        {
            content.Append('^');
            at++;
        }

        // A bracket right at the start is a member.
        if (at < pattern.Length && pattern[at] == ']')
        {
            content.Append("\\]");
            at++;
        }
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (pattern[at] == '[') Bracket(content);
            else if (pattern[at] == '\\' && at + 1 < pattern.Length) ClassEscape(content);
            else content.Append(pattern[at++]);
        }
        if (at >= pattern.Length)
        {
            // Not closed: left as it is, to be refused.
            output.Append(pattern, start, pattern.Length - start);
            return;
        }
        at++;
        output.Append(content).Append(']');
    }

    private void Bracket(StringBuilder content)
    {
        int end = at + 1 < pattern.Length && pattern[at + 1] == ':'
            ? pattern.IndexOf(":]", at + 2, StringComparison.Ordinal)
            : -1;
        if (end > 0 && PosixClass(pattern[(at + 2)..end]) is { } members)
        {
            content.Append(members);
            at = end + 2;
            return;
        }

        // Subtraction of classes exists only here: a bracket within brackets is a member.
        content.Append("\\[");
        at++;
    }

    private void ClassEscape(StringBuilder content)
    {
        char c = pattern[at + 1];
        at += 2;
        string? members = c switch
        {
            'd' => "0-9",
            'w' => "A-Za-z0-9_",
            's' => " \\t\\n\\v\\f\\r",
            'h' => " \\t\\u00A0",
            'D' => "\\u0000-/:-\\u00FF",
            'W' => "\\u0000-/:-@\\u005B-^`\\u007B-\\u00FF",
            'S' => "\\u0000-\\b\\u000E-\\u001F!-\\u00FF",
            _ => null,
        };
        if (members is not null) content.Append(members);
        else content.Append('\\').Append(c);
    }

    private static string? PosixClass(string name) =>
        name switch
        {
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "alnum" => "A-Za-z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "space" => " \\t\\n\\v\\f\\r",
            "blank" => " \\t",
            "punct" => "!-/:-@\\u005B-`{-~",
            "xdigit" => "0-9A-Fa-f",
            "word" => "A-Za-z0-9_",
            "cntrl" => "\\u0000-\\u001F\\u007F",
            "print" => " -~",
            "graph" => "!-~",
            "ascii" => "\\u0000-\\u007F",
            _ => null,
        };
}
