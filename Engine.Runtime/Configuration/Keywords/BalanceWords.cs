using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>balance</c> and its algorithms (manual section 4.2).</summary>
internal static unsafe class BalanceWords
{
    private const int DrawsMax = 256;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("balance", SectionKinds.BackendSide, "<algorithm> [<arguments>]", &Parse)
        {
            IsCheckedAnyway = true,
        });
        Registry<BalanceWord> words = Words.BalanceAlgorithms;
        words.Add(new("first", BalanceAlgorithm.First, ""));
        words.Add(new("leastconn", BalanceAlgorithm.LeastConnections, ""));
        words.Add(new("random", BalanceAlgorithm.Random, "[(<draws>)]") { Parse = &Random, MatchesPrefix = true });
        words.Add(new("roundrobin", BalanceAlgorithm.RoundRobin, ""));
        words.Add(new("source", BalanceAlgorithm.Source, ""));
        words.Add(new("static-rr", BalanceAlgorithm.StaticRoundRobin, ""));
    }

    private static void Parse(Directive line)
    {
        string word = line.Next();
        // Without an algorithm the reference goes back to the first of its list, and files rely on it.
        BalanceWord? row = Words.BalanceAlgorithms.Find(word.Length == 0 ? "roundrobin" : word);
        if (row is not null)
        {
            line.Proxy.Target.Balance = row.Algorithm;
            line.Proxy.Target.BalanceKey = null;
            if (row.Parse != null) row.Parse(line);
        }
        else if (UnsupportedWords.Contains("balance", word)) line.Alert($"balance '{word}' is not supported yet.");
        else RefuseWord(line);
    }

    /// <summary>Says which algorithms there are.</summary>
    public static void RefuseWord(Directive line) =>
        line.Alert("balance only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hash', "
            + "'hdr(name)', 'rdp-cookie(name)', 'log-hash' and 'sticky' options.");

    private static void Random(Directive line)
    {
        ReadOnlySpan<char> rest = line[1].AsSpan("random".Length);
        line.Proxy.Target.RandomDraws = 2;
        if (rest.IsEmpty) return;
        if (rest[0] != '(')
        {
            RefuseWord(line);
            return;
        }
        int close = rest.IndexOf(')');
        ReadOnlySpan<char> number = close < 0 ? rest[1..] : rest[1..close];
        int bad = number.IndexOfAnyExceptInRange('0', '9');
        if (close < 0) line.Alert("balance random : missing closing parenthesis.");
        else if (bad >= 0) line.Alert($"balance random : unexpected character '{number[bad]}' after argument.");
        else if (!number.IsEmpty && ConfigurationUnits.Integer(number) < 1)
            line.Alert("balance random : number of draws must be at least 1.");
        else if (!number.IsEmpty)
            line.Proxy.Target.RandomDraws = Math.Min(DrawsMax, ConfigurationUnits.Integer(number));
    }
}
