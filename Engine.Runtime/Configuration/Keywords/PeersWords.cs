using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Sticky;
using Engine.Systems.Sticky;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// The <c>peers</c> section (manual section 11.2): its tables work, its peers are read. Entries are not sent to peers yet,
/// which a notice says of each section that has any.
/// </summary>
internal static unsafe class PeersWords
{
    private const AddressRules Rules = AddressRules.Port | AddressRules.PortRequired | AddressRules.Resolves | AddressRules.Unix;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("peers", SectionKinds.Peers, "<name>", &Open));
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("bind", SectionKinds.Peers, "[<address>]:port [param*]", &Bind));
        words.Add(new("default-bind", SectionKinds.Peers, "[param*]", &DefaultBind));
        words.Add(new("default-server", SectionKinds.Peers, "[param*]", &DefaultServer));
        words.Add(new("disabled", SectionKinds.Peers, "", &Disable));
        words.Add(new("enabled", SectionKinds.Peers, "", &Enable));
        words.Add(new("peer", SectionKinds.Peers, "<name> [<address>]:port [param*]", &Peer));
        words.Add(new("server", SectionKinds.Peers, "<name> [[<address>]:port] [param*]", &Peer));
        words.Add(new("shards", SectionKinds.Peers, "<number>", &Shards));
        words.Add(new(
            "table", SectionKinds.Peers,
            "<name> type <type> size <size> [expire <expire>] [nopurge] [recv-only] [write-to <wtable>] [srvkey <srvkey>] "
            + "[store <data_type>]* [brates-factor <factor>]", &Table));
        Words.ProxyChecks.Add(new("peers sections", 700, &Check));
    }

    private static PeersSection Section(Directive line) => line.Draft.Parts.Get<PeersPart>().Sections[^1];

    private static void Open(Directive line)
    {
        string name = line[1];
        PeersPart part = line.Draft.Parts.Get<PeersPart>();
        PeersSection? twin = part.Sections.Find(other => other.Name == name);
        part.Sections.Add(new PeersSection(name, line.File, line.Line));
        line.Diagnostics.HidesSummary |= name.Length == 0 || line.Count > 2;
        if (name.Length == 0)
        {
            line.Alert("missing name for peers section.");
            return;
        }
        if (line.RefusesMoreThan(1)) return;
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') continue;
            line.Diagnostics.HidesSummary = true;
            line.Alert($"character '{c}' is not permitted in 'peers' name '{name}'.");
            return;
        }
        if (twin is null) return;
        line.Diagnostics.Alert($"Parsing [{line.File}:{line.Line}]: peers section '{name}' has the same name as another "
            + $"peers section declared at {twin.File}:{twin.Line}.");
    }

    private static void Bind(Directive line)
    {
        PeersSection section = Section(line);
        if (section.HasPeerLine)
        {
            line.Alert("mixing \"peer\" and \"bind\" line is forbidden");
            return;
        }
        section.HasBindLine = true;
        string address = line.Next();
        if (AddressReader.TryRead(address, Rules, line.Draft.Lookup, out _) is { } reason)
            line.Alert($"'bind {address}' : {reason}");
        else CheckOptions(line, $"'bind {address}'", FindBindOption);
    }

    private static void DefaultBind(Directive line) => CheckOptions(line, "'default-bind'", FindBindOption);

    private static void DefaultServer(Directive line) => CheckOptions(line, "'default-server'", FindServerOption);

    private static void Disable(Directive line) => Section(line).IsDisabled = true;

    private static void Enable(Directive line) => Section(line).IsDisabled = false;

    private static void Peer(Directive line)
    {
        PeersSection section = Section(line);
        bool isPeer = line[0] == "peer";
        string name = line.Next();
        if (isPeer && section.HasBindLine)
        {
            line.Alert("mixing \"peer\" and \"bind\" line is forbidden");
            return;
        }
        section.HasPeerLine |= isPeer;
        bool isLocal = name == LocalPeer.Of(line.Draft.Globals);
        if (line.AtEnd && isPeer)
        {
            line.Warn($"'peer {name}' : ignoring invalid peer definition (missing address:port)");
            return;
        }
        if (line.AtEnd && !isLocal)
        {
            line.Hint($"'server {name}' : ignoring server (not a local peer, valid address:port is expected)");
            return;
        }
        if (isPeer || !isLocal)
        {
            string address = line.Next();
            if (AddressReader.TryRead(address, Rules, line.Draft.Lookup, out _) is { } reason)
            {
                line.Diagnostics.Alert($"[{line.File}:{line.Line}] : 'server {LocalPeer.Of(line.Draft.Globals)}/{name}' : {reason}");
                return;
            }
        }
        if (!CheckOptions(line, $"'{line[0]} {name}'", FindServerOption)) return;
        foreach ((string other, string file, int number) in section.Peers)
        {
            if (other != name) continue;
            line.Diagnostics.AlertBare($"Peer section '{section.Name}' [{line.File}:{line.Line}]: another peer named '{name}' "
                + $"was already defined at line {file}:{number}, please use distinct names.");
            return;
        }
        section.Peers.Add((name, line.File, line.Line));
        section.HasLocal |= isLocal;
    }

    private static void Shards(Directive line)
    {
        string text = line.Next();
        if (text.Length == 0) line.Alert("'shards' : missing value");
        else if (!ConfigurationUnits.TryInteger(text, out long number))
            line.Alert($"'shards' : expects an integer argument, found '{text}'");
        else if (number <= 0) line.Alert("'shards' : expects a strictly positive integer argument");
    }

    private static void Table(Directive line)
    {
        PeersSection section = Section(line);
        StickTablesPart part = line.Draft.Parts.Get<StickTablesPart>();
        string name = line.Next();
        StickTableSettings table = new()
        {
            Name = $"{section.Name}/{name}",
            File = line.File,
            Line = line.Line,
            Owner = "peers",
            Peers = section.Name,
        };
        if (StickKeywords.RefusesTwin(line, part, table.Name, name)) return;
        if (StickTableLine.TryRead(line, table, mayHavePeers: false)) part.Add(table);
    }

    private static int FindServerOption(string word) => Words.ServerOptions.Find(word)?.ArgumentCount ?? Unknown("server", word);

    private static int FindBindOption(string word) => Words.BindOptions.Find(word)?.ArgumentCount ?? Unknown("bind", word);

    /// <summary>Words that are understood elsewhere only later take what the line holds.</summary>
    private static int Unknown(string kind, string word) => UnsupportedWords.Contains(kind, word) ? -1 : -2;

    /// <summary>Looks whether the words are options. False after an alert.</summary>
    private static bool CheckOptions(Directive line, string what, Func<string, int> find)
    {
        while (!line.AtEnd)
        {
            string word = line.Next();
            int count = find(word);
            if (count == -2)
            {
                line.Alert($"{what} unknown keyword '{word}'.");
                return false;
            }
            if (count < 0) return true;
            for (int i = 0; i < count; i++) line.Next();
        }
        return true;
    }

    /// <summary>What the sections and the tables that name them lack, once.</summary>
    private static void Check(ConfigurationDraft draft, ProxyDraft proxy)
    {
        PeersPart part = draft.Parts.Get<PeersPart>();
        if (part.IsChecked) return;
        part.IsChecked = true;
        string local = LocalPeer.Of(draft.Globals);
        for (int i = part.Sections.Count - 1; i >= 0; i--)
        {
            PeersSection section = part.Sections[i];
            if (section.IsDisabled) continue;
            if (!section.HasLocal)
                draft.Diagnostics.Warn($"Removing incomplete section 'peers {section.Name}' (no peer named '{local}').");
            else if (section.Peers.Count > 1 || section.HasBindLine)
                draft.Diagnostics.Notice($"peers section '{section.Name}': entries are not exchanged with peers yet.");
        }
        foreach (StickTableSettings table in draft.Parts.Get<StickTablesPart>().Tables)
        {
            if (CheckTable(draft, part, table) is not { } reason) continue;
            string who = table.Owner == "peers"
                ? $"Parsing [{table.File}:{table.Line}]: failed to initialize '{table.Name}' stick-table"
                : $"Proxy '{table.Name}': failed to initialize stick-table";
            draft.Diagnostics.AlertBare($"{who}: {reason}.");
        }
    }

    private static string? CheckTable(ConfigurationDraft draft, PeersPart part, StickTableSettings table)
    {
        if (table.Owner != "peers" && table.Peers is { } name && !part.Sections.Exists(section => section.Name == name))
        {
            draft.Diagnostics.AlertBare($"Proxy '{table.Name}': unable to find sync peers '{name}'.");
            return null;
        }
        if (table.WriteTo is not { } target) return null;
        StickTableSettings? other = draft.Parts.Get<StickTablesPart>().Find(target);
        if (other is null) return $"write-to: table '{target}' doesn't exist";
        if (other.Type != table.Type)
        {
            return $"write-to: cannot mix table types ('{other.Name}' has '{other.TypeWord}' type and '{table.Name}' has "
                + $"'{table.TypeWord}' type)";
        }
        return other.KeyLength == table.KeyLength
            ? null
            : $"write-to: cannot mix key sizes ('{other.Name}' has '{Size(other)}' key_size and '{table.Name}' has "
                + $"'{Size(table)}' key_size)";
    }

    /// <summary>With the byte that ends texts in the reference.</summary>
    private static int Size(StickTableSettings table) => table.KeyLength + (table.Type == StickKeyType.String ? 1 : 0);
}
