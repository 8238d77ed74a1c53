using System.Collections.Generic;
using System.Text.RegularExpressions;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Messages;
using Engine.Systems.Health;

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
        string? missing = draft.Kind is null ? "a pattern is required."
            : draft.Inverted && draft.MinimumBytes >= 0 ? "[!] not supported with 'min-recv'." : null;
        if (missing is null) return new CheckRule { Step = draft.Make() };
        line.Alert(where + missing);
        return null;
    }

    private static string? ReadWord(Directive line, bool http, ExpectDraft draft)
    {
        string word = line.Next();
        string value = line.Peek();
        switch (word)
        {
            case "min-recv":
                draft.MinimumBytes = ConfigurationUnits.Integer(line.Next());
                return null;
            case "comment":
                draft.Comment = line.Next();
                return value.Length == 0 ? "'comment' expects a string as argument." : null;
            case "on-success" or "on-error":
                if (value.Contains("%[")) return $"'expect' with a log-format in '{word}' is not supported yet.";
                if (word == "on-error") draft.OnError = line.Next();
                else draft.OnSuccess = line.Next();
                return value.Length == 0 ? $"'{word}' expects a string as argument." : null;
            case "ok-status" or "error-status" or "tout-status":
                return draft.SetStatus(word, line.Next());
            case "status-code":
                return TakeCode(line, draft);
            case "string-lf" or "binary-lf":
                return $"'expect {word}' is not supported yet.";
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
        if (http ? word is not ("string" or "rstring" or "status" or "rstatus" or "hdr" or "fhdr")
            : word is not ("string" or "rstring" or "binary" or "rbinary"))
            return $"'{(http ? HttpWords : TcpWords)} '{word}' as argument..";
        if (draft.Kind is not null) return "only one pattern expected.";
        draft.Inverted = inverted;
        if (word is "hdr" or "fhdr") return TakeField(line, word, draft);
        if (line.AtEnd) return $"'{word}' expects a <pattern> as argument.";
        return TakePattern(line.Next(), word, http, draft);
    }

    private static string? TakePattern(string text, string word, bool http, ExpectDraft draft)
    {
        draft.Shown = text;
        draft.Kind = word switch
        {
            "status" => ExpectKind.HttpStatus,
            "rstatus" => ExpectKind.HttpStatusRegex,
            "string" => http ? ExpectKind.HttpBody : ExpectKind.Text,
            "rstring" => http ? ExpectKind.HttpBodyRegex : ExpectKind.Regex,
            "binary" => ExpectKind.Binary,
            _ => ExpectKind.BinaryRegex,
        };
        if (word == "status") return draft.SetRanges(text);
        if (word is "rstatus" or "rstring" or "rbinary")
        {
            draft.Regex = CompileCheckRegex.Run(text, word == "rbinary", out string error);
            return draft.Regex is null ? $"{error}." : null;
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

    private static string? TakeCode(Directive line, ExpectDraft draft)
    {
        string text = line.Next();
        Match match = Regex.Match(text, @"^int\((\d+)\)$");
        if (!match.Success) return "'expect status-code' with other than 'int(...)' is not supported yet.";
        draft.Code = ConfigurationUnits.Integer(match.Groups[1].Value);
        return null;
    }

    private static string? TakeField(Directive line, string word, ExpectDraft draft)
    {
        TextExpectation? name = null;
        TextExpectation? value = null;
        while (!line.AtEnd && line.Peek() is "name" or "value" or "name-lf" or "value-lf")
        {
            string part = line.Next();
            if (part.EndsWith("-lf")) return $"'expect {word}' with '{part}' is not supported yet.";
            string method = "str";
            if (line.TryTake("-m")) method = line.Next();
            if (method is not ("str" or "beg" or "end" or "sub" or "reg"))
                return $"'{word}' : '{part}' : '-m' only supports 'str', 'beg', 'sub' or 'reg' (got '{method}').";
            string text = line.Next();
            if (text.Length == 0) return $"'{word}' : '{part}' expects a value as argument.";
            // Names of fields have no case (RFC 9110 section 5.1).
            if (part == "name") name = new TextExpectation(method, text, ignoresCase: true);
            else value = new TextExpectation(method, text, ignoresCase: false);
        }
        if (name is null) return $"'{word}' expects at the keyword name as first argument followed by a pattern.";
        draft.Kind = ExpectKind.HttpField;
        draft.Field = new FieldExpectation(word == "fhdr", name, value);
        return null;
    }
}
