using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;

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
            if (word is "meth" or "uri" or "ver" or "body" or "comment" && value.Length == 0)
            {
                line.Alert($"{Where}'{word}' expects a string as argument.");
                return null;
            }
            switch (word)
            {
                case "meth":
                    rule.Method = line.Next();
                    break;
                case "uri":
                    rule.Target = line.Next();
                    break;
                case "ver":
                    rule.Version = line.Next();
                    break;
                case "body":
                    rule.Body = line.Next();
                    break;
                case "comment":
                    comment = line.Next();
                    break;
                case "hdr":
                    if (!TakeField(line, fields)) return null;
                    break;
                case "uri-lf" or "body-lf":
                    line.Alert($"'http-check send' with '{word}' is not supported yet.");
                    return null;
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

    private static bool TakeField(Directive line, StringBuilder fields)
    {
        string name = line.Next();
        string value = line.Next();
        if (name.Length == 0 || value.Length == 0)
        {
            line.Alert($"{Where}'hdr' expects <name> and <value> as arguments.");
            return false;
        }
        if (value.Contains("%[") || HasAlias(value))
        {
            line.Alert($"'http-check send' with a log-format in 'hdr' is not supported yet ('{value}').");
            return false;
        }
        // A connection of its own and a length of its own are what the check sends anyway.
        string lower = name.ToLowerInvariant();
        if (lower is "connection" or "content-length" or "transfer-encoding") return true;
        fields.Append(lower).Append(": ").Append(value.Replace("%%", "%")).Append("\r\n");
        return true;
    }

    private static bool HasAlias(string value)
    {
        for (int i = value.IndexOf('%'); i >= 0 && i + 1 < value.Length; i = value.IndexOf('%', i + 2))
        {
            if (value[i + 1] != '%' && value[i + 1] != ' ') return true;
            if (i + 2 >= value.Length) break;
        }
        return false;
    }
}
