using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Words of the global section that make the proxy stricter towards its peers (manual section 3).</summary>
internal static unsafe class HardeningWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("harden.reject-privileged-ports.quic", SectionKinds.Global, "{ on | off }", &RejectOverQuic));
        words.Add(new("harden.reject-privileged-ports.tcp", SectionKinds.Global, "{ on | off }", &RejectOverTcp));
        words.Add(new("h1-accept-payload-with-any-method", SectionKinds.Global, "", &AcceptAnyPayload));
        words.Add(new("h1-do-not-close-on-insecure-transfer-encoding", SectionKinds.Global, "", &KeepInsecureCoding));
        words.Add(new("pp2-never-send-local", SectionKinds.Global, "", &NeverSendLocal));
    }

    private static void RejectOverTcp(Directive line)
    {
        if (TakeSwitch(line)) line.Draft.Globals.RejectsPrivilegedPorts = line[1] == "on";
    }

    /// <summary>There are no clients over QUIC to refuse.</summary>
    private static void RejectOverQuic(Directive line) => TakeSwitch(line);

    private static void AcceptAnyPayload(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.AcceptsAnyPayload = true;
    }

    private static void KeepInsecureCoding(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.KeepsInsecureCoding = true;
    }

    private static void NeverSendLocal(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.NeverSendsLocal = true;
    }

    private static bool TakeSwitch(Directive line)
    {
        if (line[1] is "on" or "off") return true;
        line.Alert($"'{line[0]}' expects either 'on' or 'off'.");
        return false;
    }
}
