using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Process;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>What the process keeps of root's rights, and how it is scheduled (manual sections 3.1 and 3.2).</summary>
internal static unsafe class PrivilegeWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("setcap", SectionKinds.Global, "<name>[,<name>...]", &KeepCapabilities));
        words.Add(new("tune.renice.runtime", SectionKinds.Global, "<number>", &RunningNice));
        words.Add(new("tune.renice.startup", SectionKinds.Global, "<number>", &StartingNice));
        words.Add(new("force-cfg-parser-pause", SectionKinds.Global, "<time>", &Pause));
    }

    private static void KeepCapabilities(Directive line)
    {
        const string Known = "  Supported ones are: cap_net_raw, cap_net_admin, cap_net_bind_service and cap_sys_admin.";
        if (line.Count < 2)
        {
            line.Alert($"'setcap' : missing capability name(s).{Known}\n");
            return;
        }
        ulong kept = 0;
        string[] names = line[1].Split(',', System.StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            ulong bit = Capabilities.BitOf(name);
            if (bit == 0)
            {
                // The first is named, whichever it is, as in the reference.
                line.Alert($"'setcap' : unsupported capability '{names[0]}'.{Known}\n");
                return;
            }
            kept |= bit;
        }
        line.Draft.Globals.Capabilities |= kept;
    }

    private static void RunningNice(Directive line)
    {
        if (TryNice(line, out int nice)) line.Draft.Globals.RunningNice = nice;
    }

    private static void StartingNice(Directive line)
    {
        if (!TryNice(line, out int nice)) return;
        line.Draft.Globals.StartingNice = nice;
        ProcessPriority.Start(line.Draft.Globals);
    }

    private static bool TryNice(Directive line, out int nice)
    {
        nice = 0;
        if (line.RefusesMoreThan(1)) return false;
        bool isNumber = line.Count < 2 || ConfigurationUnits.TryInteger(line[1], out _);
        nice = ConfigurationUnits.Integer(line[1]);
        if (isNumber && nice is >= -20 and <= 19) return true;
        line.Alert($"'{line[0]}' only supports values between -20 and 19 inclusive (was given {line[1]})");
        return false;
    }

    /// <summary>To try what a long start does to others.</summary>
    private static void Pause(Directive line)
    {
        const int Longest = 65_535;
        if (line.RefusesMoreThan(1)) return;
        if (ExperimentalWords.Refuses(line)) return;
        string limit = $"expects a timer value between 0 and {Longest} ms.";
        UnitFault fault = ConfigurationUnits.TryTimeMs(line[1], out uint milliseconds, out char bad);
        if (line.Count < 2) line.Alert($"'{line[0]}' {limit}");
        else if (fault == UnitFault.BadCharacter) line.Alert($"unexpected character '{bad}' in argument to <{line[0]}>.");
        else if (fault == UnitFault.Overflow || milliseconds > int.MaxValue)
            line.Alert($"timer overflow in argument <{line[1]}> to <{line[0]}>, maximum value is {Longest} ms.");
        else if (milliseconds > Longest) line.Alert($"'{line[0]}' {limit}");
        else Thread.Sleep((int)milliseconds);
    }
}
