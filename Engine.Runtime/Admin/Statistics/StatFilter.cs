using System;
using System.Globalization;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Which lines <c>show stat</c> shows: <c>{iid|name} type sid</c>, <c>up</c>, <c>no-maint</c>.</summary>
internal sealed class StatFilter
{
    public static readonly StatFilter Everything = new();

    private static readonly string[] Options = ["typed", "json", "desc", "no-maint", "up"];

    /// <summary>Number of the proxy; -1: all.</summary>
    public int ProxyId { get; init; } = -1;

    /// <summary>Bits 1 frontends, 2 backends, 4 servers, 8 listeners; -1: all.</summary>
    public int Kinds { get; init; } = -1;

    /// <summary>Number of the server; -1: all.</summary>
    public int Id { get; init; } = -1;

    public bool OnlyUp { get; init; }

    public bool NotInMaintenance { get; init; }

    /// <summary>Names of proxies that are shown contain this; empty: all.</summary>
    public string Scope { get; init; } = "";

    public bool TakesProxy(Proxy proxy) =>
        (ProxyId < 0 || proxy.Id == ProxyId)
        && (Scope.Length == 0 || proxy.Name.Contains(Scope, StringComparison.Ordinal))
        && !proxy.Disabled;

    public bool TakesKind(StatKind kind) => Kinds < 0 || (Kinds & (1 << (int)kind)) != 0;

    public bool Takes(StatKind kind, int id) => TakesKind(kind) && (Id < 0 || id == Id);

    public bool TakesLine(StatLine line) =>
        (!OnlyUp || line.IsUp) && (!NotInMaintenance || !line.IsInMaintenance);

    /// <summary>Reads <c>b 4 -1</c>. False: the proxy does not exist.</summary>
    public static bool TryRead(CompiledConfiguration configuration, ReadOnlySpan<string> words, out StatFilter filter)
    {
        int proxy = -1;
        int kinds = -1;
        int id = -1;
        filter = Everything;
        if (words.Length >= 3 && Array.IndexOf(Options, words[0]) < 0)
        {
            proxy = Number(words[0]);
            foreach (Proxy candidate in configuration.Proxies)
                if (candidate.Name == words[0] && !candidate.IsRemoved) proxy = candidate.Id;
            if (proxy == 0) return false;
            kinds = Number(words[1]);
            id = Number(words[2]);
        }
        filter = new StatFilter
        {
            ProxyId = proxy,
            Kinds = kinds,
            Id = id,
            OnlyUp = words.Contains("up"),
            NotInMaintenance = words.Contains("no-maint"),
        };
        return true;
    }

    /// <summary>The number that a word begins with, 0 for none.</summary>
    private static int Number(string word)
    {
        int end = word.StartsWith('-') ? 1 : 0;
        while (end < word.Length && char.IsAsciiDigit(word[end])) end++;
        return int.TryParse(word.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;
    }
}
