using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// More words for machinery that this engine does not have, checked and of no further use: tables of descriptors, groups of
/// threads, pools of buffers, simulated want of memory, sections kept in memory (manual section 3.2). Of their shape, but
/// obeyed: <c>tune.cli.max-payload-size</c>.
/// </summary>
internal static unsafe class GroupTunables
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("tune.bufsize.large", SectionKinds.Global, "<size>", &LargeBuffers));
        words.Add(new("tune.bufsize.small", SectionKinds.Global, "<size>", &SmallBuffers));
        words.Add(new("tune.cli.max-payload-size", SectionKinds.Global, "<size>", &PayloadSize));
        words.Add(new("tune.defaults.purge", SectionKinds.Global, "{ all | none | proxies | servers }[,...]", &Purge));
        words.Add(new("tune.fail-alloc", SectionKinds.Global, "<percent>", &FailAllocations));
        words.Add(new("tune.fd.edge-triggered", SectionKinds.Global, "{ on | off }", &EdgeTriggered));
        words.Add(new("tune.fd.tables", SectionKinds.Global, "{ shared | per-thread-group }", &DescriptorTables));
        words.Add(new("tune.takeover-other-tg-connections", SectionKinds.Global, "{ none | restricted | full }", &Takeover));
    }

    private static void SmallBuffers(Directive line)
    {
        if (!TrySize(line, "integer", out uint size)) return;
        if (size == 0) line.Alert($"'{line[0]}' expects a positive integer argument.");
        else line.Draft.Globals.SmallBufferSize = (int)System.Math.Min(size, int.MaxValue);
    }

    /// <summary>Buffers of requests grow here as they need to.</summary>
    private static void LargeBuffers(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out uint size, out int badAt);
        if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.\n");
        else if (fault != UnitFault.None) line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        else if (size == 0) line.Alert($"'{line[0]}' expects a positive integer argument.\n");
        else line.Draft.Globals.LargeBufferSize = (int)System.Math.Min(size, int.MaxValue);
    }

    private static void PayloadSize(Directive line)
    {
        if (TrySize(line, "size", out uint size))
            line.Draft.Globals.AdminPayloadMax = (int)System.Math.Min(size, int.MaxValue);
    }

    private static bool TrySize(Directive line, string what, out uint size)
    {
        size = 0;
        if (line.RefusesMoreThan(1)) return false;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out size, out int badAt);
        string article = what == "integer" ? "an" : "a";
        if (line.Count < 2) line.Alert($"'{line[0]}' expects {article} {what} argument.");
        else if (fault != UnitFault.None) line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        return line.Count > 1 && fault == UnitFault.None;
    }

    /// <summary>What a section of defaults holds is small here, and the Runtime API needs it.</summary>
    private static void Purge(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        string[] words = (line[1].EndsWith(',') && line[1].Length > 1 ? line[1][..^1] : line[1]).Split(',');
        foreach (string word in words)
        {
            if (word is not ("all" or "none" or "proxies" or "servers"))
            {
                line.Alert($"'{line[0]}' unknown directive '{word}'.");
                return;
            }
            if (words.Length == 1 || word is not ("all" or "none")) continue;
            line.Alert($"'{line[0]}' value '{word}' is exclusive.");
            return;
        }
    }

    private static void FailAllocations(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (ConfigurationUnits.Integer(line[1]) is < 0 or > 100)
            line.Alert($"'{line[0]}' expects a numeric value between 0 and 100.");
    }

    private static void EdgeTriggered(Directive line)
    {
        if (line.RefusesMoreThan(1) || ExperimentalWords.Refuses(line) || line[1] is "on" or "off") return;
        line.Alert($"'{line[0]}' expects either 'on' or 'off' but got '{line[1]}'.");
    }

    private static void DescriptorTables(Directive line)
    {
        if (line.RefusesMoreThan(1) || ExperimentalWords.Refuses(line) || line[1] is "shared" or "per-thread-group") return;
        line.Alert($"'{line[0]}' expects 'shared' or 'per-thread-group', got '{line[1]}'");
    }

    /// <summary>There is one group of threads. The warning's quote is not closed, as in the reference.</summary>
    private static void Takeover(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: '{line[0]}' is deprecated and will be removed in version "
            + "3.7. Please use 'tune.idle-pool.shared");
        if (line[1] is "none" or "restricted" or "full") return;
        string got = line.Count > 1 ? $", got '{line[1]}'" : "";
        line.Alert($"'{line[0]}' expects 'none', 'restricted', or 'full'{got}");
    }
}
