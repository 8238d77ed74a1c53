using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Where the states of servers are read from at the start (manual sections 3.1 and 4.2).</summary>
internal static unsafe class ServerStateWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("server-state-base", SectionKinds.Global, "<directory>", &Base));
        words.Add(new("server-state-file", SectionKinds.Global, "<file>", &GlobalFile));
        words.Add(new("stats-file", SectionKinds.Global, "<file>", &StatsFile));
        words.Add(new(
            "load-server-state-from-file", SectionKinds.BackendSide, "{ global | local | none }", &Source));
        words.Add(new("server-state-file-name", SectionKinds.BackendSide, "[ { use-backend-name | <file> } ]", &LocalFile));
    }

    private static void Base(Directive line)
    {
        if (line.Count < 2) line.Alert("'server-state-base' expects one argument: a directory path.");
        else line.Draft.Globals.ServerStateBase = line[1];
    }

    private static void GlobalFile(Directive line)
    {
        if (line.Count < 2) line.Alert("'server-state-file' expect one argument: a file path.");
        else line.Draft.Globals.ServerStateFile = line[1];
    }

    private static void StatsFile(Directive line)
    {
        Globals globals = line.Draft.Globals;
        if (line.Count < 2) line.Alert("'stats-file' expect one argument: a file path.");
        else if (globals.StatsFile is not null) line.Alert("'stats-file' already specified. Continuing.");
        else globals.StatsFile = line[1];
    }

    private static void Source(Directive line)
    {
        ServerStateSource? source = line[1] switch
        {
            "global" => ServerStateSource.Global,
            "local" => ServerStateSource.Local,
            "none" => ServerStateSource.None,
            _ => null,
        };
        if (source is null)
            line.Alert($"'load-server-state-from-file' expects 'global', 'local' or 'none'. Got '{line[1]}'");
        else if (!line.RefusesMoreThan(1)) line.Proxy.Target.ServerStates = source.Value;
    }

    private static void LocalFile(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        line.Proxy.Target.ServerStateFile = line.Count < 2 || line[1] == "use-backend-name" ? null : line[1];
    }
}
