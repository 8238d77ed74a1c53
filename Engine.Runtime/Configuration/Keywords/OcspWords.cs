using System.Net;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;
using Engine.Runtime.Tls.Ocsp;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>How OCSP responses are kept up to date: <c>ocsp-update.*</c> (manual section 3.1).</summary>
internal static unsafe class OcspWords
{
    private const AddressRules Rules = AddressRules.Port | AddressRules.Resolves | AddressRules.Connections;
    private const ushort HttpPort = 80;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("ocsp-update.disable", "[on|off]", &Switch);
        Add("ocsp-update.httpproxy", "<address>[:port]", &HttpProxy);
        Add("ocsp-update.maxdelay", "<number>", &DelayMax);
        Add("ocsp-update.mindelay", "<number>", &DelayMin);
        Add("ocsp-update.mode", "[on|off]", &Switch);
        Add("tune.ssl.ocsp-update.maxdelay", "<number>", &DelayMax);
        Add("tune.ssl.ocsp-update.mindelay", "<number>", &DelayMin);
    }

    private static void Add(string word, string usage, delegate*<Directive, void> parse) =>
        Words.Keywords.Add(new(word, SectionKinds.Global, usage, parse));

    private static OcspSettings Settings(Directive line) => line.Draft.Parts.Get<TlsDrafts>().Ocsp;

    /// <summary>Only warned of, as in the reference.</summary>
    private static void Switch(Directive line)
    {
        if (line[1] is not ("on" or "off")) line.Warn($"'{line[0]}' : expecting <on|off>");
        else if (line[0] == "ocsp-update.mode") Settings(line).IsOnByDefault = line[1] == "on";
        else Settings(line).IsDisabled = line[1] == "on";
    }

    private static void DelayMax(Directive line)
    {
        if (!TakeSeconds(line, out int seconds)) return;
        if (seconds < Settings(line).DelayMinSeconds)
            line.Alert($"'{line[0]}' can not be lower than tune.ssl.ocsp-update.mindelay.");
        else Settings(line).DelayMaxSeconds = seconds;
    }

    private static void DelayMin(Directive line)
    {
        if (!TakeSeconds(line, out int seconds)) return;
        if (seconds > Settings(line).DelayMaxSeconds)
            line.Alert($"'{line[0]}' can not be higher than tune.ssl.ocsp-update.maxdelay.");
        else Settings(line).DelayMinSeconds = seconds;
    }

    private static bool TakeSeconds(Directive line, out int seconds)
    {
        seconds = 0;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer argument.");
            return false;
        }
        seconds = ConfigurationUnits.Integer(line[1]);
        if (seconds >= 0) return true;
        line.Alert($"'{line[0]}' expects a positive numeric value.");
        return false;
    }

    private static void HttpProxy(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        string? error = line[1].Length == 0
            ? "'' resolves to an empty address (environment variable missing?)"
            : AddressReader.TryRead(line[1], Rules, line.Draft.Lookup, out ParsedAddress parsed) is { } wrong ? wrong
            : parsed.Address.AddressBytes.Length is not (4 or 16) ? $"'{line[1]}' is no IP address" : Take(line, parsed);
        if (error is not null) line.Diagnostics.Alert($"ocsp-update: Failed to parse destination address in {error}");
    }

    private static string? Take(Directive line, ParsedAddress parsed)
    {
        int port = parsed.Address.Port == 0 ? HttpPort : parsed.Address.Port;
        Settings(line).HttpProxy = new IPEndPoint(new IPAddress(parsed.Address.AddressBytes), port).ToString();
        return null;
    }
}
