using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Profiling;
using Engine.Data.Registries;
using Engine.Runtime.Admin;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>profiling.tasks</c> (manual section 3.2).</summary>
internal static unsafe class ProfilingKeyword
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("profiling.tasks", SectionKinds.Global, "{auto|on|off|lock|no-lock|memory|no-memory}*", &Tasks));

    private static void Tasks(Directive line)
    {
        ProfilingMode? mode = null;
        for (int i = 1; i == 1 || i < line.Count; i++)
        {
            if (ProfilingWords.TryRead(line[i], ref mode)) continue;
            line.Alert($"'{line[0]}' expects a combination of either {ProfilingWords.AllButMemory}, or 'no-memory', "
                + $"but got '{line[i]}'.");
            return;
        }
        if (mode is { } chosen) line.Draft.Globals.Profiling = chosen;
    }
}
