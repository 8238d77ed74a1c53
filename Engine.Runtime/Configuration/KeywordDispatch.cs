using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration;

/// <summary>Finds the row of a line's keyword and has it parse the line, or says why it may not stand here.</summary>
public static unsafe class KeywordDispatch
{
    // Words that hints offer too: sections that may follow, and some that only lead to advice.
    private static readonly string[] BesideGlobal = ["global", "defaults", "listen", "frontend", "backend", "peers", "resolvers"];
    private static readonly string[] BesideProxies =
    [
        "listen", "frontend", "backend", "defaults", "appsession", "block", "transparent", "dispatch", "usesrc", "monitor-net",
        "contimeout", "clitimeout", "srvtimeout",
    ];

    /// <summary>Parses the line, or refuses it because it stands in the wrong proxy. False: no such keyword.</summary>
    public static bool TryRun(Directive line)
    {
        if ((line.Section & SectionKinds.Proxies) != 0 && line.OpenProxy is null)
        {
            // The line that should have opened the section was refused.
            line.Alert("'listen' or 'defaults' expected.");
            return true;
        }
        Keyword? keyword = Find(line, out Keyword? elsewhere);
        if (keyword is { NeedsNamedDefaults: true } && line.OpenProxy is { Kind: SectionKinds.Defaults, Name: "" })
            line.Alert($"'{keyword.Word}' not allowed in anonymous 'defaults' section.");
        else if (keyword is not null) Parse(line, keyword);
        else if (elsewhere is not null && line.OpenProxy is not null) RefuseSide(line, elsewhere);
        else return false;
        return true;
    }

    private static void Parse(Directive line, Keyword keyword)
    {
        int alertsBefore = line.Diagnostics.Alerts;
        keyword.Parse(line);
        if (line.OpenProxy is null) return;
        if (line.Diagnostics.Alerts == alertsBefore) RuleOrder.Note(line);
        else if (line[0] is "http-request" or "http-response" or "http-after-response" or "description")
            line.Diagnostics.HidesSummary = true;
    }

    private static Keyword? Find(Directive line, out Keyword? elsewhere)
    {
        elsewhere = null;
        foreach (Keyword row in Words.Keywords.FindAll(line[0]))
        {
            if ((row.Sections & line.Section) != 0) return row;
            if ((row.Sections & SectionKinds.Proxies) != 0) elsewhere = row;
        }
        return null;
    }

    /// <summary>A keyword of proxies in a proxy of the other side, or in defaults that cannot carry it.</summary>
    private static void RefuseSide(Directive line, Keyword keyword)
    {
        if (line.Section == SectionKinds.Defaults)
        {
            line.Alert($"'{keyword.Word}' not allowed in 'defaults' section.");
            return;
        }
        string side = (keyword.Sections & SectionKinds.Backend) != 0 ? "backend" : "frontend";
        string why = $"because {line.Proxy.KindWord} '{line.Proxy.Name}' has no {side} capability.";
        if (keyword.StrictSide) line.Alert($"'{keyword.Word}' not allowed {why}");
        else
        {
            line.Warn($"'{keyword.Word}' ignored {why}{keyword.SideHint}");
            if (keyword.IsCheckedAnyway) Parse(line, keyword);
            else ReadInVain(line, keyword.Parse);
        }
    }

    /// <summary>Reads an ignored line into a proxy that nobody sees: what is wrong with the line is wrong all the same.</summary>
    public static void ReadInVain(Directive line, delegate*<Directive, void> parse)
    {
        ProxyDraft proxy = line.Proxy;
        bool hidden = line.Diagnostics.HidesWarnings;
        line.Diagnostics.HidesWarnings = true;
        line.OpenProxy = new ProxyDraft(proxy.Kind, proxy.Name) { File = proxy.File, Line = proxy.Line };
        parse(line);
        line.OpenProxy = proxy;
        line.Diagnostics.HidesWarnings = hidden;
    }

    /// <summary>Says of a line that its section has no such keyword, or not any more, or not yet.</summary>
    public static void RefuseUnknown(Directive line)
    {
        string word = line[0];
        bool isGlobal = line.Section == SectionKinds.Global;
        if (!isGlobal && (line.Section & SectionKinds.Proxies) == 0)
        {
            string text = $"unknown keyword '{word}' in '{line.SectionWord}' section";
            if (line.Section == SectionKinds.LogProfile) line.Alert($"unknown keyword '{word}' in log-profile section.");
            else if (line.Section == SectionKinds.Userlist) line.AlertTight(text);
            else line.Alert(text);
            return;
        }
        if (isGlobal ? RemovedWords.RefuseInGlobal(line) : RemovedWords.RefuseInProxy(line)) return;
        if (UnsupportedWords.Contains(ClassOf(line.Section), word))
        {
            line.Alert($"keyword '{word}' in '{line.SectionWord}' section is not supported yet.");
            return;
        }
        string? like = Nearest(word, isGlobal ? SectionKinds.Global : SectionKinds.Proxies);
        string hint = like is null ? "" : $"; did you mean '{like}' maybe ?";
        line.Alert($"unknown keyword '{word}' in '{line.SectionWord}' section{hint}");
    }

    private static string? Nearest(string word, SectionKinds sections)
    {
        SortedDictionary<string, bool> words = new(StringComparer.Ordinal);
        foreach (Keyword row in Words.Keywords.Rows)
        {
            if ((row.Sections & sections) != 0) words[row.Word] = false;
        }
        UnsupportedWords.AddTo(words, ClassOf(sections));
        Likeness likeness = new(word);
        foreach (string candidate in words.Keys) likeness.Offer(candidate);
        foreach (string candidate in sections == SectionKinds.Global ? BesideGlobal : BesideProxies)
            likeness.Offer(candidate);
        return likeness.Best;
    }

    private static string ClassOf(SectionKinds section) => section == SectionKinds.Global ? "global" : "proxy";
}
