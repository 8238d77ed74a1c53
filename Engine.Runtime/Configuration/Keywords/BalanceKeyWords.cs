using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Algorithms of <c>balance</c> that hash something of the request (manual section 4.2).</summary>
internal static unsafe class BalanceKeyWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<BalanceWord> words = Words.BalanceAlgorithms;
        words.Add(new("hash", BalanceAlgorithm.Expression, "<expression>") { Parse = &Hash });
        words.Add(new("hdr", BalanceAlgorithm.Header, "(<name>) [use_domain_only]") { Parse = &Header, MatchesPrefix = true });
        words.Add(new("rdp-cookie", BalanceAlgorithm.RdpCookie, "[(<name>)]") { Parse = &RdpCookie, MatchesPrefix = true });
        words.Add(new("uri", BalanceAlgorithm.Uri, "[whole] [path-only] [len <len>] [depth <depth>]") { Parse = &Uri });
        words.Add(new("url_param", BalanceAlgorithm.UrlParameter, "<param>") { Parse = &UrlParameter });
        Words.ProxyChecks.Add(new("balance keys", 645, &Compile));
    }

    private static void Uri(Directive line)
    {
        BalanceKey key = new();
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (word == "whole") key.Whole = true;
            else if (word == "path-only") key.PathOnly = true;
            else if (word == "len" && TakePositive(line, word, out int length)) key.Length = length;
            else if (word == "depth" && TakePositive(line, word, out int depth)) key.Depth = depth;
            else
            {
                if (word is not ("len" or "depth"))
                {
                    line.Alert("balance uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' "
                        + $"(got '{word}').");
                }
                return;
            }
        }
        line.Proxy.Target.BalanceKey = key;
    }

    private static bool TakePositive(Directive line, string word, out int number)
    {
        string text = line.Next();
        number = ConfigurationUnits.Integer(text);
        if (number > 0) return true;
        line.Alert($"balance uri : '{word}' expects a positive integer (got '{text}').");
        return false;
    }

    private static void UrlParameter(Directive line)
    {
        string name = line.Next();
        if (name.Length == 0) line.Alert("balance url_param requires an URL parameter name.");
        else if (!line.AtEnd && line.Peek() != "check_post")
            line.Alert($"balance url_param only accepts 'check_post' modifier (got '{line.Peek()}').");
        else SetKey(line, $"url_param({Quoted(name)})", bodyText: line.AtEnd ? null : $"req.body_param({Quoted(name)})");
    }

    private static void Hash(Directive line)
    {
        string expression = line.Next();
        if (expression.Length == 0) line.Alert("balance hash requires a sample expression.");
        else if (!line.AtEnd) line.Alert($"balance hash takes no other argument (got '{line.Peek()}').");
        else SetKey(line, expression);
    }

    private static void Header(Directive line)
    {
        string word = line[1];
        string name = Inner(word, "hdr");
        if (word == "hdr") BalanceWords.RefuseWord(line);
        else if (name.Length == 0) line.Alert("balance hdr requires an http header field name.");
        else if (!line.AtEnd && line.Peek() != "use_domain_only")
            line.Alert($"balance {word} only accepts 'use_domain_only' modifier (got '{line.Peek()}').");
        else SetKey(line, $"req.hdr({Quoted(name)},1)", domainOnly: !line.AtEnd);
    }

    private static void RdpCookie(Directive line)
    {
        const string word = "rdp-cookie";
        string name = line[1].Length == word.Length ? "mstshash" : Inner(line[1], word);
        if (name.Length == 0) line.Alert("balance rdp-cookie : missing cookie name.");
        else SetKey(line, $"rdp_cookie({Quoted(name)})");
    }

    /// <summary>What stands in the parentheses of a word; empty when nothing does.</summary>
    private static string Inner(string word, string name)
    {
        if (word.Length <= name.Length + 1) return "";
        int close = word.IndexOf(')', name.Length);
        return word[(name.Length + 1)..(close < 0 ? word.Length : close)];
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static void SetKey(Directive line, string text, bool domainOnly = false, string? bodyText = null) =>
        line.Proxy.Target.BalanceKey = new BalanceKey
        {
            Text = text,
            File = line.Proxy.File,
            Line = line.Proxy.Line,
            DomainOnly = domainOnly,
            BodyText = bodyText,
        };

    private static void Compile(ConfigurationDraft draft, ProxyDraft proxy)
    {
        Proxy target = proxy.Target;
        bool readsHttp = target.Balance is BalanceAlgorithm.Uri or BalanceAlgorithm.UrlParameter or BalanceAlgorithm.Header;
        if (readsHttp && target.Mode != ProxyMode.Http)
        {
            draft.Diagnostics.Warn($"Layer 7 hash not possible for {proxy.KindWord} '{proxy.Name}' (needs 'mode http'). "
                + "Falling back to round robin.");
            target.Balance = BalanceAlgorithm.RoundRobin;
            return;
        }
        if (target.BalanceKey is not { Text: { } text } key) return;
        if (!proxy.HasBackend && key == proxy.Defaults?.Target.BalanceKey) return; // no line of its own
        ParsePlace place = new(draft, proxy, key.File, key.Line, SamplePlaces.BackendRequestHeader);
        SampleExpression? expression = ParseExpression.Run(place, text, out string error);
        string where = $"{proxy.KindWord} '{proxy.Name}' [{proxy.File}:{proxy.Line}]: ";
        if (expression is null)
        {
            draft.Diagnostics.AlertBare($"{where}failed to parse 'balance hash' expression '{text}' in : {error}.");
            return;
        }
        if ((expression.Row!.Places & place.Places) == 0)
        {
            draft.Diagnostics.AlertBare($"{where}error detected while parsing 'balance hash' expression '{text}' which "
                + $"requires information from {SampleNeeds.Of(expression.Row)}, which is not available here.");
            return;
        }
        // The key may be shared with other proxies through their defaults; what is compiled is not.
        target.BalanceKey = new BalanceKey
        {
            Text = text,
            DomainOnly = key.DomainOnly,
            Expression = expression,
            BodyText = key.BodyText,
            BodyExpression = key.BodyText is { } body ? ParseExpression.Run(place, body, out _) : null,
        };
        // A server is chosen when the body is there, or as much of it as is kept.
        if (key.BodyText is not null) target.Options |= ProxyOptions.HttpBufferRequest;
    }
}
