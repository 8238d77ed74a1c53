using System;
using System.Text;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Logs.Items;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs;

/// <summary>
/// Compiles a format string (manual section 8.2.6): text, <c>%alias</c>, <c>%{flags}alias</c> and
/// <c>%{flags}[expression]</c>, each perhaps with a <c>(name:type)</c> that only encodings look at.
/// </summary>
public sealed unsafe class CompileFormat
{
    private const string VerbatimAdvice =
        "If you wanted to emit the '%' character verbatim, you need to use '%%'.";

    private readonly ParsePlace place;
    private readonly string text;
    private readonly bool forLogs;
    private readonly ValueList<LogStep> steps = new();
    private readonly StringBuilder literal = new();

    /// <summary>Flags of <c>%{...}o</c>, for all items behind it.</summary>
    private LogStepFlags common;

    private int at;
    private string error = "";

    private CompileFormat(ParsePlace place, string text, bool forLogs)
    {
        this.place = place;
        this.text = text;
        this.forLogs = forLogs;
        common = forLogs ? LogStepFlags.Log : LogStepFlags.None;
    }

    /// <summary>Compiles; null with the reason when the format is wrong.</summary>
    /// <param name="place">Where it stands and where it will be evaluated.</param>
    /// <param name="text">The format.</param>
    /// <param name="forLogs">For a log line: see <see cref="LogProgram.ForLogs"/>.</param>
    /// <param name="error">The reason.</param>
    public static LogProgram? Run(ParsePlace place, string text, bool forLogs, out string error)
    {
        CompileFormat compiler = new(place, text, forLogs);
        bool done = compiler.Items();
        error = compiler.error;
        if (!done) return null;
        return new LogProgram { Steps = compiler.steps.ToArray(), ForLogs = forLogs, Text = text };
    }

    private bool Items()
    {
        while (at < text.Length)
        {
            char c = text[at++];
            if (c != '%') Text(c);
            else if (!Item()) return false;
        }
        EndText();
        return true;
    }

    private void Text(char c)
    {
        if (forLogs && c == ' ' && literal.Length > 0 && literal[^1] == ' ') return;
        literal.Append(c);
    }

    private void EndText()
    {
        if (literal.Length == 0) return;
        steps.Add(new LogStep { Literal = ByteView.Literal(literal.ToString()) });
        literal.Clear();
    }

    /// <summary>Reads what follows a percent sign.</summary>
    private bool Item()
    {
        if (at == text.Length) return Refuse("truncated line after '%'");
        if (text[at] == '%')
        {
            Text('%');
            at++;
            return true;
        }
        if (text[at] == '-') return true;
        if (text[at] == '(' && !SkipName()) return false;
        LogStepFlags flags = common;
        if (at < text.Length && text[at] == '{')
        {
            int end = text.IndexOf('}', at);
            if (end < 0) return Refuse($"truncated line after '{text[(at + 1)..]}'");
            if (!Flags(text.AsSpan(at + 1, end - at - 1), ref flags)) return false;
            at = end + 1;
            if (at == text.Length || (text[at] != '[' && !char.IsAsciiLetterOrDigit(text[at])))
                return Refuse($"parse argument modifier without alias name near '%{text[text.LastIndexOf('{', end)..at]}'");
        }
        if (at == text.Length) return Refuse("truncated line after '%'");
        return text[at] == '[' ? Expression(flags) : Alias(flags);
    }

    /// <summary><c>(name:type)</c>: only encodings use it, but it must be well formed.</summary>
    private bool SkipName()
    {
        at++;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-')) at++;
        if (at < text.Length && text[at] == ':')
        {
            int typeAt = ++at;
            while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
            string type = text[typeAt..at];
            if (at < text.Length && type is not ("str" or "sint" or "bool" or "raw"))
            {
                return Refuse($"unexpected output type '{type}' at position {typeAt} line : '{text}'. "
                    + "Supported types are: str, sint, bool, raw");
            }
        }
        if (at < text.Length && text[at] == ')')
        {
            at++;
            return true;
        }
        return Refuse(at == text.Length
            ? "invalid character in custom name near '"
            : $"invalid character in custom name near '{text[at]}' at position {at} line : '{text}'");
    }

    private bool Flags(ReadOnlySpan<char> words, ref LogStepFlags flags)
    {
        char sign = '\0';
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] is '+' or '-')
            {
                sign = words[i];
                continue;
            }
            if (words[i..].StartsWith("json") || words[i..].StartsWith("cbor"))
                return Refuse($"encoding '{words.Slice(i, 4)}' is not supported yet");
            LogStepFlags flag = words[i..].StartsWith("bin") ? LogStepFlags.Raw : words[i] switch
            {
                'Q' => LogStepFlags.Quote,
                'X' => LogStepFlags.Hexadecimal,
                'E' => LogStepFlags.Escape,
                _ => LogStepFlags.None,
            };
            if (flag == LogStepFlags.Raw) i += 2;
            if (sign == '+') flags |= flag;
            else if (sign == '-') flags &= ~flag;
        }
        return true;
    }

    private bool Alias(LogStepFlags flags)
    {
        int end = at;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
        string name = text[at..end];
        if (name.Length == 0)
        {
            return Refuse($"unexpected alias name near '{text[at]}' at position {at} line : '{text}'. "
                + "Maybe you want to write a single '%', use the syntax '%%'");
        }
        at = end;
        if (name == "o")
        {
            common = flags;
            return true;
        }

        // +bin has a meaning for all items only.
        flags = (flags & ~LogStepFlags.Raw) | (common & LogStepFlags.Raw);
        if (Words.LogAliases.Find(name) is not { } alias)
        {
            return Refuse(UnsupportedWords.Contains("log alias", name)
                ? $"format alias '{name}' is not supported yet"
                : $"no such format alias '{name}'. {VerbatimAdvice[..^1]}");
        }
        EndText();
        place.Draft.Globals.ReadsServerSource |= alias.ReadsServerSource;
        steps.Add(new LogStep { Write = alias.Write, Flags = flags });
        return true;
    }

    private bool Expression(LogStepFlags flags)
    {
        int from = ++at;
        SampleExpression? expression = ParseExpression.Fetch(place, null, text, ref at, out string reason);
        if (expression is null
            || !ParseExpression.Conversions(
                place, expression, $"sample fetch keyword '{expression.Row!.Word}'", text, wholeWord: false, ref at,
                out reason))
        {
            return Refuse($"failed to parse sample expression <{text[from..]}> : {reason}");
        }
        if (at == text.Length) return Refuse($"missing ']' after '{text[from..]}'");
        if (text[at] != ']') return Refuse($"expected ']' after '{text[from..at]}', but found '{text[at]}'");
        at++;
        if ((expression.Row!.Places & place.Places) == 0)
        {
            return Refuse($"sample fetch <{expression.Row.Word}> may not be reliably used here because it needs "
                + $"'{SampleNeeds.Of(expression.Row)}' which is not available here");
        }
        expression.Text = text[from..(at - 1)];
        flags = (flags & ~LogStepFlags.Raw) | (common & LogStepFlags.Raw);
        EndText();
        steps.Add(new LogStep { Write = &SampleItem.Write, Expression = expression, Flags = flags });
        return true;
    }

    private bool Refuse(string reason)
    {
        error = reason;
        return false;
    }
}
