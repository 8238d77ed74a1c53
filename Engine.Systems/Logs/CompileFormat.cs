using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;
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

    private readonly List<EncodedItem> items = [];

    /// <summary>Name and type of the item at work.</summary>
    private string name = "";

    private LogValueType type;

    /// <summary>Flags of <c>%{...}o</c>, for all items behind it.</summary>
    private LogStepFlags common;

    private int at;
    private string error = "";

    private CompileFormat(ParsePlace place, string text, bool forLogs, bool isPlain)
    {
        this.place = place;
        this.text = text;
        this.forLogs = forLogs;
        common = forLogs ? LogStepFlags.Log : isPlain ? LogStepFlags.Plain : LogStepFlags.None;
    }

    /// <summary>Compiles; null with the reason when the format is wrong.</summary>
    /// <param name="place">Where it stands and where it will be evaluated.</param>
    /// <param name="text">The format.</param>
    /// <param name="forLogs">For a log line: see <see cref="LogProgram.ForLogs"/>.</param>
    /// <param name="error">The reason.</param>
    /// <param name="isPlain">Neither a line nor a field of a head: see <see cref="LogStepFlags.Plain"/>.</param>
    public static LogProgram? Run(ParsePlace place, string text, bool forLogs, out string error, bool isPlain = false)
    {
        CompileFormat compiler = new(place, text, forLogs, isPlain);
        bool done = compiler.Items();
        error = compiler.error;
        if (!done) return null;
        return compiler.Program();
    }

    /// <summary>With an encoding for all of it only the items that have names count.</summary>
    private LogProgram Program()
    {
        LogProgram program = new() { Steps = steps.ToArray(), ForLogs = forLogs, Text = text };
        program.Encoding = EncodingOf(common);
        foreach (ref readonly LogStep step in program.Steps.AsSpan())
            program.HasSamples |= step.Expression is not null || step.Encoded is not null;
        if (program.Encoding == LogEncoding.None) return program;
        program.Raw = (common & LogStepFlags.Raw) != 0;
        List<EncodedItem> named = [];
        foreach (EncodedItem item in items)
        {
            item.Encoding = program.Encoding;
            item.Raw = program.Raw;
            if (!item.Name.IsEmpty) named.Add(item);
        }
        program.Items = [.. named];
        program.HasSamples |= named.Count > 0;
        return program;
    }

    private static LogEncoding EncodingOf(LogStepFlags flags) =>
        (flags & LogStepFlags.Json) != 0 ? LogEncoding.Json
        : (flags & LogStepFlags.Cbor) != 0 ? LogEncoding.Cbor
        : LogEncoding.None;

    /// <summary>Adds an item: as text, or encoded where its flags say so.</summary>
    private void Add(LogStep step, LogValueKind kind)
    {
        EndText();
        LogStep plain = step;
        plain.Flags = (step.Flags & LogStepFlags.Hexadecimal)
            | (kind == LogValueKind.List ? LogStepFlags.List | (step.Flags & LogStepFlags.Quote) : LogStepFlags.None);
        EncodedItem item = new()
        {
            Step = plain,
            Name = ByteView.Literal(name),
            Type = type,
            Kind = kind,
            Encoding = EncodingOf(step.Flags),
            Raw = (step.Flags & LogStepFlags.Raw) != 0,
        };
        items.Add(item);
        if (item.Encoding != LogEncoding.None)
        {
            step.Write = &EncodeItem.Write;
            step.Encoded = item;
        }
        steps.Add(step);
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
        name = "";
        type = LogValueType.Own;
        if (text[at] == '(' && !TakeName()) return false;
        LogStepFlags flags = common;
        if (at < text.Length && text[at] == '{')
        {
            int end = text.IndexOf('}', at);
            if (end < 0) return Refuse($"truncated line after '{text[(at + 1)..]}'");
            ReadFlags(text.AsSpan(at + 1, end - at - 1), ref flags);
            at = end + 1;
            if (at == text.Length || (text[at] != '[' && !char.IsAsciiLetterOrDigit(text[at])))
                return Refuse($"parse argument modifier without alias name near '%{text[text.LastIndexOf('{', end)..at]}'");
        }
        if (at == text.Length) return Refuse("truncated line after '%'");
        return text[at] == '[' ? Expression(flags) : Alias(flags);
    }

    /// <summary><c>(name:type)</c>: only encodings use it, but it must be well formed.</summary>
    private bool TakeName()
    {
        int nameAt = ++at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-')) at++;
        name = text[nameAt..at];
        if (at < text.Length && text[at] == ':')
        {
            int typeAt = ++at;
            while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
            string word = text[typeAt..at];
            type = word switch
            {
                "str" => LogValueType.Text,
                "sint" => LogValueType.Integer,
                "bool" => LogValueType.Boolean,
                "raw" => LogValueType.Raw,
                _ => LogValueType.Own,
            };
            if (at < text.Length && type == LogValueType.Own)
            {
                return Refuse($"unexpected output type '{word}' at position {typeAt} line : '{text}'. "
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

    private static void ReadFlags(ReadOnlySpan<char> words, ref LogStepFlags flags)
    {
        char sign = '\0';
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] is '+' or '-')
            {
                sign = words[i];
                continue;
            }
            ReadOnlySpan<char> rest = words[i..];
            LogStepFlags flag = rest.StartsWith("bin") ? LogStepFlags.Raw
                : rest.StartsWith("json") ? LogStepFlags.Json
                : rest.StartsWith("cbor") ? LogStepFlags.Cbor
                : words[i] switch
                {
                    'Q' => LogStepFlags.Quote,
                    'X' => LogStepFlags.Hexadecimal,
                    'E' => LogStepFlags.Escape,
                    _ => LogStepFlags.None,
                };
            if (flag == LogStepFlags.Raw) i += 2;
            else if ((flag & (LogStepFlags.Json | LogStepFlags.Cbor)) != 0) i += 3;
            if (sign == '+') flags |= flag;
            else if (sign == '-') flags &= ~flag;
        }
    }

    private bool Alias(LogStepFlags flags)
    {
        int end = at;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
        string word = text[at..end];
        if (word.Length == 0)
        {
            return Refuse($"unexpected alias name near '{text[at]}' at position {at} line : '{text}'. "
                + "Maybe you want to write a single '%', use the syntax '%%'");
        }
        at = end;
        if (word == "o")
        {
            common = flags;
            return true;
        }

        // +bin has a meaning for all items only.
        flags = (flags & ~LogStepFlags.Raw) | (common & LogStepFlags.Raw);
        if (Words.LogAliases.Find(word) is not { } alias)
        {
            return Refuse(UnsupportedWords.Contains("log alias", word)
                ? $"format alias '{word}' is not supported yet"
                : $"no such format alias '{word}'. {VerbatimAdvice[..^1]}");
        }
        place.Draft.Globals.ReadsServerSource |= alias.ReadsServerSource;
        place.Draft.Globals.TellsNumbers |= alias.TellsNumber;
        Add(new LogStep { Write = alias.Write, Flags = flags }, alias.Kind);
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
        if ((common & LogStepFlags.Plain) == 0 && place.Proxy?.Target.Mode == ProxyMode.Http && SampleNeeds.IsBuffer(expression.Row))
            place.Warn($"L6 sample fetch <{expression.Row.Word}> ignored in HTTP log-format string.");
        expression.Text = text[from..(at - 1)];
        flags = (flags & ~LogStepFlags.Raw) | (common & LogStepFlags.Raw);
        Add(new LogStep { Write = &SampleItem.Write, Expression = expression, Flags = flags }, LogValueKind.Sample);
        return true;
    }

    private bool Refuse(string reason)
    {
        error = reason;
        return false;
    }
}
