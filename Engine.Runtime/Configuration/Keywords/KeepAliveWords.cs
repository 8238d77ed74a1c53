using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>How the kernel probes idle clients when <c>option clitcpka</c> says so (manual section 4.2).</summary>
internal static unsafe class KeepAliveWords
{
    // The kernel takes no more.
    private const uint SecondsMax = 32767;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("clitcpka-cnt", SectionKinds.FrontendSide, "<count>", &Count));
        Words.Keywords.Add(new("clitcpka-idle", SectionKinds.FrontendSide, "<timeout>", &Idle));
        Words.Keywords.Add(new("clitcpka-intvl", SectionKinds.FrontendSide, "<timeout>", &Interval));
    }

    private static void Count(Directive line)
    {
        string text = line[1];
        int bad = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (text.Length == 0) line.Alert($"'{line[0]}' expects an integer value");
        else if (bad >= 0) line.Alert($"'{line[0]}' : unexpected character '{text[bad]}' in integer value '{text}'");
        else line.Proxy.Target.ClientKeepAliveCount = ConfigurationUnits.Integer(text);
    }

    private static void Idle(Directive line) => Take(line, ref line.Proxy.Target.ClientKeepAliveIdleSeconds);

    private static void Interval(Directive line) => Take(line, ref line.Proxy.Target.ClientKeepAliveIntervalSeconds);

    private static void Take(Directive line, ref uint seconds)
    {
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer value");
            return;
        }
        UnitFault fault = ConfigurationUnits.TryTimeSeconds(line[1], out uint value, out char bad);
        if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, line[1], bad);
        if (fault is UnitFault.None or UnitFault.Surplus) seconds = Math.Min(value, SecondsMax);
        else if (fault == UnitFault.Overflow)
        {
            line.Alert($"timer overflow in argument <{line[1]}> to <{line[0]}> (maximum value is 2147483647 ms or "
                + "~24.8 days).");
        }
        else line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.");
    }
}
