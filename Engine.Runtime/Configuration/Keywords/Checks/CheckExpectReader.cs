using System.Text.RegularExpressions;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Health;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary><c>tcp-check expect</c> and <c>http-check expect</c>.</summary>
internal static class CheckExpectReader
{
    private const string HttpWords = "only supports min-recv, [!]string', '[!]rstring', '[!]string-lf', '[!]status', "
        + "'[!]rstatus', [!]hdr, [!]fhdr or comment but got";

    private const string TcpWords = "only supports min-recv, '[!]binary', '[!]string', '[!]rstring', '[!]string-lf'"
        + "'[!]rbinary', '[!]binary-lf' or comment but got";

    /// <summary>Null after an alert.</summary>
    public static CheckRule? Read(Directive line, bool http)
    {
        string where = http ? "'http-check expect' : " : "'tcp-check expect' : ";
        ExpectDraft draft = new();
        if (line.AtEnd)
        {
            line.Alert($"{where}expects at least a matching pattern as arguments.");
            return null;
        }
        while (!line.AtEnd)
        {
            string? fault = ReadWord(line, http, draft);
            if (fault is null) continue;
            line.Alert(fault.EndsWith(" is not supported yet.") ? fault : where + fault);
            return null;
        }
        if (draft.Kind is not null) return new CheckRule { Step = draft.Make() };
        line.Alert($"{where}pattern not found.");
        return null;
    }

    private static string? ReadWord(Directive line, bool http, ExpectDraft draft)
    {
        string word = line.Next();
        string value = line.Peek();
        switch (word)
        {
            case "min-recv":
                if (line.AtEnd) return "'min-recv' expects a integer as argument.";
                draft.MinimumBytes = ConfigurationUnits.Integer(line.Next());
                return draft.MinimumBytes >= -1 ? null : "'min-recv' expects -1 or an integer from 0 to INT_MAX.";
            case "comment":
                draft.Comment = line.Next();
                return value.Length == 0 ? "'comment' expects a string as argument." : null;
            case "on-success" or "on-error":
                if (value.Length == 0) return $"'{word}' expects a string as argument.";
                LogProgram? format = CheckFormat.Read(line, line.Next(), out string reason);
                if (word == "on-error") draft.OnError = format;
                else draft.OnSuccess = format;
                return format is null ? reason : null;
            case "ok-status" or "error-status" or "tout-status":
                if (value.Length == 0) return $"'{word}' expects a string as argument.";
                return draft.SetStatus(word, line.Next());
            case "status-code":
                if (value.Length == 0) return "'status-code' expects an expression as argument.";
                ParsePlace place = ParsePlace.Of(line, SamplePlaces.TcpCheck);
                draft.CodeOf = ParseExpression.Run(place, line.Next(), out string wrong);
                return draft.CodeOf is null ? $"error detected while parsing status-code expression : {wrong}." : null;
        }
        bool inverted = false;
        if (word == "!")
        {
            inverted = true;
            word = line.Next();
        }
        else if (word.StartsWith('!'))
        {
            inverted = true;
            word = word[1..];
        }
        if (http ? word is not ("string" or "rstring" or "string-lf" or "status" or "rstatus" or "hdr" or "fhdr")
            : word is not ("string" or "rstring" or "string-lf" or "binary" or "rbinary" or "binary-lf"))
            return $"'{(http ? HttpWords : TcpWords)} '{word}' as argument..";
        if (draft.Kind is not null) return "only one pattern expected.";
        draft.Inverted = inverted;
        if (word is "hdr" or "fhdr") return TakeField(line, word, draft);
        if (line.AtEnd) return $"'{word}' expects a <pattern> as argument.";
        return TakePattern(line, line.Next(), word, http, draft);
    }

    private static string? TakePattern(Directive line, string text, string word, bool http, ExpectDraft draft)
    {
        draft.Shown = text;
        draft.Kind = word switch
        {
            "status" => ExpectKind.HttpStatus,
            "rstatus" => ExpectKind.HttpStatusRegex,
            "string" or "string-lf" => http ? ExpectKind.HttpBody : ExpectKind.Text,
            "rstring" => http ? ExpectKind.HttpBodyRegex : ExpectKind.Regex,
            "binary" or "binary-lf" => ExpectKind.Binary,
            _ => ExpectKind.BinaryRegex,
        };
        if (word == "status") return draft.SetRanges(text);
        if (word is "rstatus" or "rstring" or "rbinary")
        {
            draft.Regex = CompileCheckRegex.Run(text, word == "rbinary", out string error);
            return draft.Regex is null ? $"{error}." : null;
        }
        if (word.EndsWith("-lf"))
        {
            draft.IsHexadecimal = word == "binary-lf";
            draft.PatternOf = CheckFormat.Read(line, text, out string reason);
            return draft.PatternOf is null ? reason : null;
        }
        if (word == "string")
        {
            draft.Pattern = ByteView.Literal(text);
            return null;
        }
        byte[]? bytes = HexText.Read(text, out string fault);
        if (bytes is null) return $"invalid binary string ({fault}).";
        draft.Pattern = ByteView.Literal(bytes);
        return null;
    }

    private static string? TakeField(Directive line, string word, ExpectDraft draft)
    {
        TextExpectation? name = null;
        TextExpectation? value = null;
        while (!line.AtEnd && line.Peek() is "name" or "value" or "name-lf" or "value-lf")
        {
            string part = line.Next();
            string method = "str";
            if (line.TryTake("-m")) method = line.Next();
            if (method is not ("str" or "beg" or "end" or "sub" or "reg"))
                return $"'{word}' : '-m' only supports 'str', 'beg', 'end', 'sub' or 'reg' (got '{method}').";
            string text = line.Next();
            bool isName = part.StartsWith("name");
            if (text.Length == 0 && isName) break;
            if (text.Length == 0) return $"'{word}' expect a pattern with the value keyword.";
            LogProgram? format = null;
            Regex? regex = null;
            if (part.EndsWith("-lf"))
            {
                if (method == "reg") return $"'{word}': log-format string is not supported with a regex matching method.";
                format = CheckFormat.Read(line, text, out string reason);
                if (format is null) return reason;
            }
            else if (method == "reg") // names of fields have no case (RFC 9110 section 5.1)
            {
                regex = CompileCheckRegex.Run(text, ignoreCase: isName, out string error);
                if (regex is null) return $"{error}.";
            }
            TextExpectation expectation = new(method, text, ignoresCase: isName, format, regex);
            if (isName) name = expectation;
            else value = expectation;
        }
        if (name is null) return $"'{word}' expects at the name keyword as first argument followed by a pattern.";
        draft.Kind = ExpectKind.HttpField;
        draft.Field = new FieldExpectation(word == "fhdr", name, value);
        return null;
    }
}
