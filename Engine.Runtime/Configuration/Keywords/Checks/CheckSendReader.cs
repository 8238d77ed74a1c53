using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary><c>http-check send</c>.</summary>
internal static class CheckSendReader
{
    private const string Where = "'http-check send' : ";

    /// <summary>Null after an alert.</summary>
    public static CheckRule? Read(Directive line)
    {
        CheckRule rule = new();
        StringBuilder fields = new();
        string comment = "";
        while (!line.AtEnd)
        {
            string word = line.Next();
            string value = line.Peek();
            if (word is "meth" or "uri" or "uri-lf" or "ver" or "body" or "body-lf" or "comment" && value.Length == 0)
            {
                string end = word.EndsWith("-lf") ? ".." : ".";
                line.Alert($"{Where}'{word}' expects a string as argument{end}");
                return null;
            }
            switch (word)
            {
                case "meth":
                    rule.Method = line.Next();
                    break;
                case "uri":
                    rule.Target = CheckRule.Escape(line.Next());
                    break;
                case "ver":
                    rule.Version = line.Next();
                    break;
                case "body":
                    rule.Body = line.Next();
                    rule.BodyOf = null;
                    break;
                case "uri-lf":
                    rule.Target = line.Next();
                    if (!IsFormat(line, rule.Target)) return null;
                    break;
                case "body-lf":
                    rule.BodyOf = CheckFormat.Read(line, line.Next(), out string reason);
                    if (rule.BodyOf is not null) break;
                    line.Alert(Where + reason);
                    return null;
                case "comment":
                    comment = line.Next();
                    break;
                case "hdr":
                    if (!TakeField(line, rule, fields)) return null;
                    break;
                default:
                    line.Alert($"{Where}expects 'comment', 'meth', 'uri', 'uri-lf', 'ver', 'hdr', 'body' or 'body-lf' "
                        + $"but got '{word}' as argument..");
                    return null;
            }
        }
        rule.Fields = fields.ToString();
        rule.Step = new CheckStep { Kind = CheckStepKind.SendHttp, Comment = comment };
        return rule;
    }

    private static bool TakeField(Directive line, CheckRule rule, StringBuilder fields)
    {
        string name = line.Next();
        string value = line.Next();
        if (name.Length == 0 || value.Length == 0)
        {
            line.Alert($"{Where}'hdr' expects <name> and <value> as arguments.");
            return false;
        }
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.TcpCheck);
        if (CompileFormat.Run(place, value, forLogs: false, out string reason, isPlain: true) is null)
        {
            line.Alert($"{Where}{reason}.");
            return false;
        }
        // The length is what the check sends anyway.
        string lower = name.ToLowerInvariant();
        if (lower is "content-length" or "transfer-encoding") return true;
        if (lower == "connection") value = TakeConnection(rule, value);
        if (value.Length == 0) return true;
        fields.Append(lower).Append(": ").Append(value).Append("\r\n");
        return true;
    }

    /// <summary>What it says besides <c>close</c> and <c>keep-alive</c>, which the version decides how to write.</summary>
    private static string TakeConnection(CheckRule rule, string value)
    {
        rule.SaysConnection = true;
        List<string> rest = [];
        foreach (string token in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (token.Equals("close", StringComparison.OrdinalIgnoreCase)) rule.SaysClose = true;
            else if (token.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)) rule.SaysKeepAlive = true;
            else rest.Add(token);
        }
        return string.Join(", ", rest);
    }

    private static bool IsFormat(Directive line, string text)
    {
        if (CheckFormat.Read(line, text, out string reason) is not null) return true;
        line.Alert(Where + reason);
        return false;
    }
}
