using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>How the kernel probes idle clients and servers (<c>clitcpka-cnt</c>, <c>srvtcpka-cnt</c>, ...), and
/// <c>max-keep-alive-queue</c> (manual section 4.2).</summary>
internal static unsafe class KeepAliveWords
{
    // The kernel takes no more.
    private const uint SecondsMax = 32767;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("clitcpka-cnt", SectionKinds.Proxies, "<count>", &Count));
        Words.Keywords.Add(new("clitcpka-idle", SectionKinds.Proxies, "<timeout>", &Idle));
        Words.Keywords.Add(new("clitcpka-intvl", SectionKinds.Proxies, "<timeout>", &Interval));
        Words.Keywords.Add(new("max-keep-alive-queue", SectionKinds.Proxies, "<value>", &QueueMax));
        Words.Keywords.Add(new("srvtcpka-cnt", SectionKinds.Proxies, "<count>", &ServerCount));
        Words.Keywords.Add(new("srvtcpka-idle", SectionKinds.Proxies, "<timeout>", &ServerIdle));
        Words.Keywords.Add(new("srvtcpka-intvl", SectionKinds.Proxies, "<timeout>", &ServerInterval));
    }

    private static void Count(Directive line)
    {
        if (TakeCount(line, ref line.Proxy.Target.ClientKeepAliveCount)) WarnOfBackend(line);
    }

    private static void ServerCount(Directive line)
    {
        if (TakeCount(line, ref line.Proxy.Target.ServerKeepAliveCount)) WarnOfFrontend(line);
    }

    private static void QueueMax(Directive line)
    {
        string text = line[1];
        int start = text.StartsWith('-') ? 1 : 0;
        int bad = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        if (text.Length == 0) line.Alert($"'{line[0]}' expects expects an integer value (or -1 to disable)");
        else if (bad >= 0)
            line.Alert($"'{line[0]}' : unexpected character '{text[start + bad]}' in integer value '{text}'");
        else
        {
            WarnOfFrontend(line);
            line.Proxy.Target.KeepAliveQueueMax = Math.Max(ConfigurationUnits.Integer(text), -1) + 1;
        }
    }

    private static bool TakeCount(Directive line, ref int count)
    {
        string text = line[1];
        int bad = ConfigurationUnits.FirstOddCharacter(text);
        if (text.Length == 0) line.Alert($"'{line[0]}' expects an integer value");
        else if (bad >= 0) line.Alert($"'{line[0]}' : unexpected character '{text[bad]}' in integer value '{text}'");
        else
        {
            count = Math.Max(0, ConfigurationUnits.Integer(text)); // below 0: as if nothing were said
            return true;
        }
        return false;
    }

    private static void ServerIdle(Directive line)
    {
        if (Take(line, ref line.Proxy.Target.ServerKeepAliveIdleSeconds)) WarnOfFrontend(line);
    }

    private static void ServerInterval(Directive line)
    {
        if (Take(line, ref line.Proxy.Target.ServerKeepAliveIntervalSeconds)) WarnOfFrontend(line);
    }

    private static void WarnOfFrontend(Directive line)
    {
        if (line.Section == SectionKinds.Frontend)
            line.Warn($"{line[0]} will be ignored because frontend '{line.Proxy.Name}' has no backend capability");
    }

    private static void WarnOfBackend(Directive line)
    {
        if (line.Section == SectionKinds.Backend)
            line.Warn($"{line[0]} will be ignored because backend '{line.Proxy.Name}' has no frontend capability");
    }

    private static void Idle(Directive line)
    {
        if (Take(line, ref line.Proxy.Target.ClientKeepAliveIdleSeconds)) WarnOfBackend(line);
    }

    private static void Interval(Directive line)
    {
        if (Take(line, ref line.Proxy.Target.ClientKeepAliveIntervalSeconds)) WarnOfBackend(line);
    }

    private static bool Take(Directive line, ref uint seconds)
    {
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer value");
            return false;
        }
        UnitFault fault = ConfigurationUnits.TryTimeSeconds(line[1], out uint value, out char bad);
        if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, line[1], bad);
        if (fault == UnitFault.Overflow || value > ConfigurationUnits.TimerMaxMs / 1000)
        {
            line.Alert($"timer overflow in argument '{line[1]}' to '{line[0]}' (maximum value is 2147483647 ms or "
                + "~24.8 days)");
            return false;
        }
        if (fault is not (UnitFault.None or UnitFault.Surplus))
        {
            line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.\n");
            return false;
        }
        seconds = Math.Min(value, SecondsMax);
        return true;
    }
}
