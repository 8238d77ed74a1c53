using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>maxconnrate</c>, <c>maxsessrate</c> (manual section 3.2) and <c>rate-limit sessions</c> (4.2).</summary>
internal static unsafe class RateWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("maxconnrate", SectionKinds.Global, "<number>", &ConnectionRate));
        Words.Keywords.Add(new("maxsessrate", SectionKinds.Global, "<number>", &SessionRate));
        Words.Keywords.Add(new("rate-limit", SectionKinds.Proxies, "sessions <rate>", &RateLimit));
    }

    private static void ConnectionRate(Directive line) => Global(line, ref line.Draft.Globals.ConnectionRateMax);

    private static void SessionRate(Directive line) => Global(line, ref line.Draft.Globals.SessionRateMax);

    private static void Global(Directive line, ref int rate)
    {
        if (line.RefusesMoreThan(1)) return;
        if (rate != 0) line.Complain($"'{line[0]}' already specified. Continuing.");
        else if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else rate = Math.Max(0, ConfigurationUnits.Integer(line[1]));
    }

    private static void RateLimit(Directive line)
    {
        string kind = line.Next();
        string text = line.Next();
        int bad = ConfigurationUnits.FirstOddCharacter(text);
        if (kind != "sessions") line.Alert($"'rate-limit' only supports 'sessions' (got '{kind}')");
        else if (text.Length == 0)
            line.Alert("'rate-limit sessions' expects expects an integer value (in sessions/second)");
        else if (bad >= 0) line.Alert($"'rate-limit sessions' : unexpected character '{text[bad]}' in integer value '{text}'");
        else if (line.Section != SectionKinds.Defaults && !line.Proxy.HasFrontend)
        {
            line.Warn($"rate-limit sessions will be ignored because {line.Proxy.KindWord} '{line.Proxy.Name}' has no frontend "
                + "capability");
        }
        else line.Proxy.Target.SessionRateMax = Math.Max(0, ConfigurationUnits.Integer(text));
    }
}
