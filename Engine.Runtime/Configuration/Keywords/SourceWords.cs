using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>source</c>, of a backend and of a server (manual sections 4.2 and 5.2).</summary>
internal static unsafe class SourceWords
{
    private const string HeaderWord = "hdr_ip(";

    // Occurrences counted from the last go back no further.
    private const int OccurrenceMin = -10;

    private const AddressRules Rules = AddressRules.Port | AddressRules.Resolves | AddressRules.Unix;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "source", SectionKinds.Proxies, "<addr>[:<port>] [ usesrc { <addr2>[:<port2>] | client | clientip | "
            + "hdr_ip(<hdr>[,<occ>]) } ] [ interface <name> ]", &ParseBackend));
        Words.ServerOptions.Add(new(
            "source", -1, "<addr>[:<port>] [ usesrc { <addr2>[:<port2>] | client | clientip | hdr_ip(<hdr>[,<occ>]) } ] "
            + "[ interface <name> ]", &ParseServer));
        Words.ServerOptions.Add(new("usesrc", 1, "{ <addr2>[:<port2>] | client | clientip | hdr_ip(<hdr>[,<occ>]) }", &Alone));
    }

    private static void Alone(Directive line, ServerDraft server) =>
        ServerKeyword.Refuse(line, server, "'usesrc' only allowed after a 'source' statement..");

    private static void ParseBackend(Directive line)
    {
        const string expects = "'source' expects <addr>[:<port>], and optionally 'usesrc' <addr>, and 'interface' <name>.";
        if (line.Section == SectionKinds.Frontend)
            line.Warn($"'source' ignored because frontend '{line.Proxy.Name}' has no backend capability.");
        string text = line.Next();
        SourceSettings settings = SourceSettings.None;
        string? error = text.Length == 0 ? expects : ReadAddress(line, "source", text, Rules, out settings);
        while (error is null && !line.AtEnd)
        {
            string word = line.Next();
            if (word == "usesrc")
            {
                error = line.AtEnd
                    ? "'usesrc' expects <addr>[:<port>], 'client', or 'clientip' as argument."
                    : TakeForeign(line, ref settings);
            }
            else if (word != "interface")
                error = "'source' only supports optional keywords 'interface' and 'usesrc'.";
            else if (line.AtEnd) error = "'source' : missing interface name.";
            else settings = settings with { Interface = line.Next() };
        }
        if (error is not null) line.Alert(error);
        else if (line.Section != SectionKinds.Frontend) line.Proxy.Target.Source = settings;
    }

    private static void ParseServer(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            ServerKeyword.Refuse(line, server, "'source' expects <addr>[:<port>[-<port>]], and optionally 'usesrc' <addr>, "
                + "and 'interface' <name> as argument..");
            return;
        }
        string? error = ReadAddress(line, "source", text, Rules | AddressRules.PortRange, out SourceSettings settings);
        if (error is not null)
        {
            ServerKeyword.Refuse(line, server, error + ".");
            return;
        }
        while (line.Peek() is "usesrc" or "interface")
        {
            string word = line.Next();
            if (word == "usesrc")
            {
                error = line.AtEnd
                    ? "'usesrc' expects <addr>[:<port>], 'client', 'clientip', or 'hdr_ip(name,#)' as argument."
                    : TakeForeign(line, ref settings);
            }
            else if (line.AtEnd) error = $"'{(server.IsDefault ? "default-server" : "server")}' : missing interface name.";
            else settings = settings with { Interface = line.Next() };
            if (error is null) continue;
            ServerKeyword.Refuse(line, server, error);
            line.Diagnostics.Alert($"error encountered while processing '{word}'.");
            return;
        }
        server.Target.Source = settings;
    }

    private static string? ReadAddress(
        Directive line, string word, string text, AddressRules rules, out SourceSettings settings)
    {
        settings = SourceSettings.None;
        string? error = AddressReader.TryRead(text, rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null) return $"'{word} {text}' : {error}";
        // A path is taken and of no use: no connection to an IP address comes from one.
        SocketAddress address = parsed.Address.Family == AddressFamily.Unix ? default : parsed.Address;
        settings = new SourceSettings { Address = address, PortHigh = parsed.PortHigh > address.Port ? parsed.PortHigh : 0 };
        return null;
    }

    private static string? TakeForeign(Directive line, ref SourceSettings settings)
    {
        string text = line.Next();
        if (text is "client" or "clientip")
        {
            settings = settings with { Foreign = text == "client" ? ForeignSource.Client : ForeignSource.ClientIp };
            return null;
        }
        if (text.StartsWith(HeaderWord, StringComparison.Ordinal)) return TakeHeader(line, text, ref settings);
        string? error = ReadAddress(line, "usesrc", text, Rules, out SourceSettings foreign);
        settings = settings with { Foreign = ForeignSource.Address, ForeignAddress = foreign.Address };
        return error;
    }

    /// <summary>Reads <c>hdr_ip(name,occurrence)</c> as leniently as the reference: what is missing at its end is.</summary>
    private static string? TakeHeader(Directive line, string text, ref SourceSettings settings)
    {
        ReadOnlySpan<char> inner = text.AsSpan(HeaderWord.Length);
        int end = inner.IndexOf(')');
        if (end >= 0) inner = inner[..end];
        int comma = inner.IndexOf(',');
        ReadOnlySpan<char> name = (comma < 0 ? inner : inner[..comma]).Trim();
        int occurrence = comma < 0 ? -1 : ConfigurationUnits.Integer(inner[(comma + 1)..].Trim());
        if (occurrence < OccurrenceMin)
            return "usesrc hdr_ip(name,num) does not support negative occurrences values smaller than 10.";
        SampleExpression? expression = null;
        if (occurrence != 0 && !name.IsEmpty)
        {
            ParsePlace place = ParsePlace.Of(line, SamplePlaces.ServerChoice, "source");
            expression = ParseExpression.Run(place, $"req.hdr_ip({name},{occurrence})", out _);
        }
        settings = settings with { Foreign = ForeignSource.Header, ForeignHeader = expression };
        return null;
    }
}
