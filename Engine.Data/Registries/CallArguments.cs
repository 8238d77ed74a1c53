using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Data.Registries;

/// <summary>
/// Arguments in parentheses behind a word: quotes and escapes work as in a line, except <c>\#</c>, <c>\$</c> and
/// <c>\xNN</c> (manual section 2.2, second level of quoting).
/// </summary>
public static class CallArguments
{
    /// <summary>
    /// Reads arguments from behind the opening parenthesis. Answers where it stopped: at the closing parenthesis, at
    /// the comma before an argument too many, or at the end of the text.
    /// </summary>
    public static int Read(ReadOnlySpan<char> text, int from, int countMax, List<string> arguments)
    {
        StringBuilder word = new();
        char quote = '\0';
        int at = from;
        // "word()" has no argument, "word(,)" has two empty ones.
        if (at < text.Length && text[at] == ')') return at;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (quote == '\0' && c is (',' or ')'))
            {
                arguments.Add(word.ToString());
                word.Clear();
                if (c == ')' || arguments.Count == countMax) return at;
            }
            else if (c is ('"' or '\'') && (quote == '\0' || quote == c)) quote = quote == '\0' ? c : '\0';
            else if (c == '\\' && quote != '\'' && at + 1 < text.Length && Unescape(text[at + 1]) is var plain
                && plain != '\0')
            {
                word.Append(plain);
                at++;
            }
            else word.Append(c);
        }
        arguments.Add(word.ToString());
        return at;
    }

    private static char Unescape(char c) =>
        c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            ' ' or '\\' or '\'' or '"' => c,
            _ => '\0',
        };
}
