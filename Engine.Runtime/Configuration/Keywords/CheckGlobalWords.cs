using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Words of the global section about checks (manual section 3).</summary>
internal static unsafe class CheckGlobalWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("spread-checks", SectionKinds.Global, "<0..50, in percent>", &Spread));
        words.Add(new("max-spread-checks", SectionKinds.Global, "<delay>", &MaxSpread));
        words.Add(new("external-check", SectionKinds.Global, "", &External));
        words.Add(new("insecure-fork-wanted", SectionKinds.Global, "", &ForkWanted));
        words.Add(new("tune.max-checks-per-thread", SectionKinds.Global, "<number>", &PerThread));
    }

    private static void Spread(Directive line)
    {
        int percent = ConfigurationUnits.Integer(line[1]);
        if (line.RefusesMoreThan(1)) return;
        if (line.Draft.Globals.SpreadChecksPercent != 0)
            line.Diagnostics.Complain($"parsing [{line.File}:{line.Line}]: spread-checks already specified. Continuing.");
        else if (line.Count < 2) line.AlertTight("'spread-checks' expects an integer argument (0..50).");
        else if (percent is < 0 or > 50) line.AlertTight("'spread-checks' needs a positive value in range 0..50.");
        else line.Draft.Globals.SpreadChecksPercent = percent;
    }

    private static void MaxSpread(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TryTimeMs(line[1], out uint milliseconds, out char bad);
        if (line.Count < 2) line.AlertTight("'max-spread-checks' expects an integer argument (0..50).");
        else if (fault == UnitFault.Overflow)
        {
            line.AlertTight($"timer overflow in argument <{line[1]}> to <max-spread-checks>, maximum value is "
                + "2147483647 ms (~24.8 days).");
        }
        else if (fault == UnitFault.BadCharacter)
            line.AlertTight($"unsupported character '{bad}' in 'max-spread-checks' (wants an integer delay).");
        else line.Draft.Globals.MaxSpreadChecksMs = milliseconds;
    }

    private static void External(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count > 1 && line[1] != "preserve-env")
            line.Alert($"'external-check' only supports 'preserve-env' as an argument, found '{line[1]}'.");
        else line.Draft.Globals.AllowsExternalChecks = true;
    }

    /// <summary>Programs are started by the runtime's own means, which need no leave: only a warning goes away.</summary>
    private static void ForkWanted(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.WantsFork = true;
    }

    private static void PerThread(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        line.Draft.Globals.ChecksPerThreadMax = Math.Max(0, ConfigurationUnits.Integer(line[1]));
    }
}
