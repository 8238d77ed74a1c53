using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>server</c> and <c>default-server</c> (manual sections 4.2 and 5.2).</summary>
internal static unsafe class ServerKeyword
{
    // More servers than this on one line are a mistake.
    private const int TemplateMax = 65535;

    private const AddressRules Rules = AddressRules.Port | AddressRules.PortOffset | AddressRules.ResolvesLater
        | AddressRules.Unix | AddressRules.Connections;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "server", SectionKinds.Proxies, "<name> <address>[:<port>] [<option> ...]", &Parse));
        Words.Keywords.Add(new(
            "server-template", SectionKinds.Proxies, "<prefix> <number | range> <fqdn>[:<port>] [<option> ...]",
            &ParseTemplate));
        Words.Keywords.Add(new(
            "default-server", SectionKinds.Proxies, "[name <name>] [from <origin>] <option> ...", &ParseDefault));
    }

    /// <summary>An alert as the reference writes those of servers: place, then the server.</summary>
    internal static void Refuse(Directive line, ServerDraft server, string text) =>
        line.Diagnostics.Alert(Place(line, server) + text);

    /// <summary>Shown as an alert, but the line is taken.</summary>
    internal static void Complain(Directive line, ServerDraft server, string text) =>
        line.Diagnostics.Complain(Place(line, server) + text);

    internal static void Warn(Directive line, ServerDraft server, string text) =>
        line.Diagnostics.Warn(Place(line, server) + text);

    /// <summary>Only the first message about a line has the place, as in the reference.</summary>
    private static string Place(Directive line, ServerDraft server)
    {
        if (server.WasTold) return "";
        server.WasTold = true;
        return $"[{line.File}:{line.Line}] : {server.What}";
    }

    private static void Parse(Directive line)
    {
        if (IsRefusedHere(line)) return;
        string name = line.Next();
        string address = line.Next();
        if (address.Length == 0)
        {
            line.Diagnostics.Alert(
                $"[{line.File}:{line.Line}] : 'server' expects <name> and <addr>[:<port>] as arguments.");
            return;
        }
        if (Forbidden(name) is { } bad)
        {
            line.Diagnostics.Alert(
                $"[{line.File}:{line.Line}] : character '{bad}' is not permitted in server name '{name}'.");
        }
        else Add(line, name, address);
    }

    /// <summary>The same line for servers <c>prefix1</c>, <c>prefix2</c> and so on.</summary>
    private static void ParseTemplate(Directive line)
    {
        if (IsRefusedHere(line)) return;
        string prefix = line.Next();
        string range = line.Next();
        string address = line.Next();
        string place = $"[{line.File}:{line.Line}] : ";
        if (address.Length == 0)
        {
            line.Diagnostics.Alert(
                $"{place}'server-template' expects <prefix> <nb | range> <addr>[:<port>] as arguments.");
            return;
        }
        if (!TryRange(range, out int low, out int high))
        {
            line.Diagnostics.Alert($"{place}Wrong server-template number or range arg '{range}'.");
            return;
        }
        if (Forbidden(prefix) is { } bad)
        {
            line.Diagnostics.Alert($"{place}character '{bad}' is not permitted in server-template prefix '{prefix}'.");
            return;
        }
        int options = line.Position;
        int alertsBefore = line.Diagnostics.Alerts;
        bool hidesWarnings = line.Diagnostics.HidesWarnings;
        for (int number = low; number <= high && line.Diagnostics.Alerts == alertsBefore; number++)
        {
            line.Position = options;
            // What its options deserve is said once.
            line.Diagnostics.HidesWarnings = hidesWarnings || number > low;
            Add(line, prefix + number, address, number == low ? prefix : null);
        }
        line.Diagnostics.HidesWarnings = hidesWarnings;
    }

    /// <summary>A number of servers, or the numbers of the first and the last.</summary>
    private static bool TryRange(string text, out int low, out int high)
    {
        string[] ends = text.Split('-');
        bool isNumber = ends.Length == 1;
        bool good = ConfigurationUnits.TryInteger(ends[^1], out long last) && last >= (isNumber ? 1 : 0) && last <= TemplateMax;
        long first = 1;
        if (!isNumber) good &= ends.Length == 2 && ConfigurationUnits.TryInteger(ends[0], out first);
        low = good ? (int)Math.Clamp(first, 0, int.MaxValue) : 0;
        high = good ? (int)last : 0;
        return good && first >= 0 && first <= last;
    }

    internal static char? Forbidden(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or ':')) return c;
        }
        return null;
    }

    /// <param name="template">The prefix, for the first server of a template: messages speak of the template then.</param>
    private static void Add(Directive line, string name, string address, string? template = null)
    {
        string what = template is null ? $"'server {line.Proxy.Name}/{name}' : "
            : $"'server-template {line.Proxy.Name}/{template}' : ";
        ServerDraft? server = ServerOrigin.Take(line, what, line.Proxy.DefaultServer, isDefault: false);
        if (server is null) return;
        server.IsTemplate = template is not null;
        server.Target.Name = name;
        server.Target.File = line.File;
        server.Target.Line = line.Line;
        if (!TakeAddress(line, server, address)) return;
        int alertsBefore = line.Diagnostics.Alerts;
        ReadOptions(line, server);
        ServerOptions.SettleLimits(server.Target);
        if (line.Diagnostics.Alerts == alertsBefore) CheckAgent(line, server);
        if (line.Proxy.ServersByName.TryGetValue(name, out ServerDraft? twin) || line.Proxy.NamedServers.TryGetValue(name, out twin))
        {
            string where = twin.Target.File == line.File ? $"line {twin.Target.Line}"
                : $"{twin.Target.File}:{twin.Target.Line}";
            Refuse(line, server, $"another server named '{name}' was already defined at {where}, "
                + "please use a distinct name.");
            return;
        }
        if (server.Target.Weight == 0)
        {
            line.Diagnostics.Hint($"[{line.File}:{line.Line}] : {server.What}configured with weight of 0 will never be "
                + "selected by load balancing algorithms");
        }
        line.Proxy.Servers.Add(server);
        line.Proxy.ServersByName.Add(name, server);
    }

    /// <summary>An agent without a port is asked at that of the checks, which must be given then.</summary>
    private static void CheckAgent(Directive line, ServerDraft server)
    {
        Server target = server.Target;
        if (!target.HasAgent || target.Agent.Port != 0 || target.Check.Port != 0) return;
        string name = server.IsTemplate ? "(null)" : target.Name; // as the reference has it
        Refuse(line, server, $"server {name} does not have agent port. Agent check has been disabled.");
    }

    /// <summary>
    /// Reads a server that the Runtime API brings, from the cursor on. Null after an alert. Nothing of
    /// <c>default-server</c> is taken over unless <c>from</c> says so.
    /// </summary>
    internal static ServerDraft? ReadAdded(Directive line, string name, string address)
    {
        if (ServerOrigin.Take(line, "", new ServerDraft(new Server()), isDefault: false) is not { } server) return null;
        server.Target.Name = name;
        server.Target.StartAnew();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') continue;
            line.Diagnostics.AlertBare($"character '{c}' is not permitted in server name '{name}'.");
            return null;
        }
        int alertsBefore = line.Diagnostics.Alerts;
        if (!TakeAddress(line, server, address)) return null;
        ReadOptions(line, server);
        ServerOptions.SettleLimits(server.Target);
        return line.Diagnostics.Alerts == alertsBefore ? server : null;
    }

    private static bool IsRefusedHere(Directive line)
    {
        string place = $"[{line.File}:{line.Line}] : ";
        if (line.Section == SectionKinds.Defaults)
            line.Diagnostics.Alert($"{place}'{line[0]}' not allowed in 'defaults' section.");
        else if (line.Section == SectionKinds.Frontend)
        {
            line.Diagnostics.Alert($"{place}{line.Place()}'{line[0]}' not allowed because frontend "
                + $"'{line.Proxy.Name}' has no backend capability.");
        }
        else return false;
        return true;
    }

    private static void ParseDefault(Directive line)
    {
        if (line.Section == SectionKinds.Frontend && IsRefusedHere(line)) return;
        string? name = null;
        ServerDraft usual = line.Proxy.DefaultServer;
        if (ServerOrigin.IsNext(line, "name"))
        {
            line.Next();
            name = line.Next();
            if (FindClash(line, name) is { } clash)
            {
                line.Diagnostics.Alert($"[{line.File}:{line.Line}] : {clash}");
                return;
            }
            if (!line.Proxy.NamedServers.TryGetValue(name, out usual!)) usual = new ServerDraft(new Server());
        }
        // Set in a copy, so that servers declared before keep what they have.
        ServerDraft? defaults = ServerOrigin.Take(line, "", usual, isDefault: true);
        if (defaults is null) return;
        defaults.Target.Check.IsFromDefaults = true;
        defaults.Target.File = line.File;
        defaults.Target.Line = line.Line;
        ReadOptions(line, defaults);
        if (name is not null)
        {
            line.Proxy.NamedServers[name] = defaults;
            return;
        }
        line.Proxy.DefaultServer = defaults;
        line.Proxy.HasDefaultServer = true;
    }

    /// <summary>Why a set of options may not have a name; null: it may.</summary>
    private static string? FindClash(Directive line, string name)
    {
        if (name.Length == 0) return "default-server name: missing value.";
        return line.Proxy.ServersByName.TryGetValue(name, out ServerDraft? server)
            ? $"default-server name '{name}' conflicts with server defined at line {server.Target.Line}."
            : null;
    }

    private static bool TakeAddress(Directive line, ServerDraft server, string text)
    {
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null)
        {
            Refuse(line, server, error);
            return false;
        }
        Server target = server.Target;
        target.Address = parsed.Address;
        target.Path = parsed.Path;
        target.Abstract = parsed.Abstract;
        target.IsExactName = parsed.IsExactName;
        target.Multipath = parsed.Multipath;
        target.MapsPort = parsed.MapsPort && parsed.Path is null;
        target.PortOffset = parsed.PortOffset;
        target.MapsAddress = parsed.Path is null && parsed.HostName is null && parsed.Address.IsAny;
        server.HostName = parsed.HostName;
        target.HostName = parsed.HostName;
        return true;
    }

    private static void ReadOptions(Directive line, ServerDraft server)
    {
        while (!line.AtEnd)
        {
            string word = line.Next();
            ServerOption? row = Words.ServerOptions.Find(word);
            if (row is null)
            {
                RefuseUnknown(line, server, word);
                return;
            }
            if (server.IsDefault && !row.InDefaultServer)
            {
                // The reference says so and goes on with the next word.
                line.Diagnostics.Complain($"[{line.File}:{line.Line}] : {server.What}'{word}' option is not accepted "
                    + "in default-server sections");
                line.Position += Math.Max(0, row.ArgumentCount);
                continue;
            }
            int alertsBefore = line.Diagnostics.Alerts;
            row.Parse(line, server);
            if (line.Diagnostics.Alerts > alertsBefore) return;
        }
    }

    private static void RefuseUnknown(Directive line, ServerDraft server, string word)
    {
        if (UnsupportedWords.Contains("server", word))
        {
            Refuse(line, server, $"'{word}' is not supported yet.");
            return;
        }
        string? like = Likeness.Nearest(word, Words.ServerOptions, "server");
        string hint = like is not null ? $"; did you mean '{like}' maybe ?" : ".";
        if (server.IsDefault) hint += " Hint: no address was expected for this server.";
        Refuse(line, server, $"unknown keyword '{word}'{hint}");
    }
}
