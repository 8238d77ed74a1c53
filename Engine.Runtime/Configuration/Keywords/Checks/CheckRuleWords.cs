using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Systems.Samples.Variables;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary><c>tcp-check</c>, <c>http-check</c> and <c>external-check</c> lines (manual section 4.2).</summary>
internal static unsafe class CheckRuleWords
{
    private const string SetVariables = "'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'.";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "tcp-check",
            SectionKinds.BackendSide,
            "{ connect | send | send-binary | send-lf | send-binary-lf | expect | comment | set-var | set-var-fmt | "
                + "unset-var } ...",
            &Tcp)
        {
            IsCheckedAnyway = true,
        });
        Words.Keywords.Add(new(
            "http-check",
            SectionKinds.BackendSide,
            "{ disable-on-404 | send-state | connect | send | expect | comment | set-var | set-var-fmt | unset-var } "
                + "...",
            &Http)
        {
            IsCheckedAnyway = true,
        });
        Words.Keywords.Add(new(
            "external-check", SectionKinds.Proxies, "{ command <command> | path <path> }", &External));
    }

    private static void Tcp(Directive line)
    {
        CheckRule? rule = null;
        string word = line.Next();
        switch (word)
        {
            case "connect":
                rule = CheckConnectReader.Read(line, "tcp-check connect");
                break;
            case "send" or "send-binary" or "send-lf" or "send-binary-lf":
                rule = ReadSend(line, word);
                break;
            case "expect":
                rule = CheckExpectReader.Read(line, http: false);
                break;
            case "comment":
                rule = ReadComment(line);
                break;
            default:
                rule = ReadOther(line, word, "'comment', 'connect', 'send', 'send-binary', 'expect', ");
                break;
        }
        if (rule is null) return;
        CheckPart part = CheckPart.Of(line);
        if (part.TcpInherited) part.TcpRules.Clear();
        part.TcpInherited = false;
        if (word == "connect" && !RuleOrder.BeginsWithConnect(part.TcpRules))
        {
            line.Alert($"'tcp-check connect' : {RuleOrder.FirstIsConnect}");
            return;
        }
        part.TcpRules.Add(rule);
    }

    private static void Http(Directive line)
    {
        CheckPart part = CheckPart.Of(line);
        CheckRule? rule = null;
        string word = line.Next();
        switch (word)
        {
            case "disable-on-404" or "send-state":
                if (!line.AtEnd) line.RefuseWord("http-check", line.Peek());
                else if (word == "send-state") part.SendsState = true;
                else part.DisablesOn404 = true;
                return;
            case "connect":
                rule = CheckConnectReader.Read(line, "http-check connect");
                break;
            case "send":
                rule = CheckSendReader.Read(line);
                break;
            case "expect":
                rule = CheckExpectReader.Read(line, http: true);
                break;
            case "comment":
                rule = ReadComment(line);
                break;
            default:
                rule = ReadOther(
                    line, word, "'disable-on-404', 'send-state', 'comment', 'connect', 'send', 'expect', ");
                break;
        }
        if (rule is null) return;
        part.BeginOwnHttp(request: word == "send");
        if (RuleOrder.Refusal(part.HttpRules, rule) is { } refusal) line.Alert($"'http-check {word}' : {refusal}");
        else part.HttpRules.Add(rule);
    }

    private static CheckRule? ReadOther(Directive line, string word, string words)
    {
        if (ReadAssignment.Is(word))
        {
            CheckAssignment? made = ReadAssignment.Run(line, word);
            return made is null ? null
                : new CheckRule { Step = new CheckStep { Kind = CheckStepKind.Assign, Assignment = made } };
        }
        line.Alert($"'{line[0]}' only supports {words}{SetVariables} but got '{word}'");
        return null;
    }

    private static CheckRule? ReadComment(Directive line)
    {
        string text = line.Next();
        if (text.Length > 0) return new CheckRule { IsComment = true, Step = new CheckStep { Comment = text } };
        line.Alert($"'{line[0]} comment' : expects a string as argument.");
        return null;
    }

    private static CheckRule? ReadSend(Directive line, string word)
    {
        string what = $"tcp-check {word}";
        string text = line.Next();
        string comment = "";
        if (text.Length == 0)
        {
            line.Alert($"'{what}' : '{(word == "send-binary" ? "binary string" : "string")}' expects a {word} as argument.");
            return null;
        }
        while (!line.AtEnd)
        {
            string option = line.Next();
            if (option != "comment")
            {
                line.Alert($"'{what}' : expects 'comment' but got '{option}' as argument..");
                return null;
            }
            comment = line.Next();
        }
        if (word.EndsWith("-lf"))
        {
            if (CheckFormat.Read(line, text, out string reason) is { } format)
                return new CheckRule { Step = OfFormat(format, word, comment) };
            line.Alert($"'{what}' : {reason}");
            return null;
        }
        string fault = "";
        byte[]? bytes = word == "send" ? System.Text.Encoding.Latin1.GetBytes(text) : HexText.Read(text, out fault);
        if (bytes is null)
        {
            line.Alert($"'{what}' : '{text}' invalid binary string ({fault}).\n.");
            return null;
        }
        return new CheckRule
        {
            Step = new CheckStep { Kind = CheckStepKind.Send, Bytes = ByteView.Literal(bytes), Comment = comment },
        };
    }

    private static CheckStep OfFormat(LogProgram format, string word, string comment) => new()
    {
        Kind = CheckStepKind.Send,
        BytesOf = format,
        IsHexadecimal = word == "send-binary-lf",
        Comment = comment,
    };

    private static void External(Directive line)
    {
        string word = line.Next();
        CheckPart part = CheckPart.Of(line);
        if (word.Length == 0) line.Alert("missing argument after 'external-check'.");
        else if (word is not ("command" or "path"))
            line.Alert($"'external-check' only supports 'command' and 'path'. but got '{word}'.");
        else if (line.AtEnd) line.Alert($"missing argument after '{word}'.");
        else if (line.Count > 3) line.RefuseWord("external-check", line[3]);
        else if (word == "command") part.Command = line.Next();
        else part.CommandPath = line.Next();
    }
}
