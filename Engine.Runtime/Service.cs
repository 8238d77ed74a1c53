using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime;

/// <summary>Serves with a configuration that was found good.</summary>
public static class Service
{
    /// <summary>Runs until told to stop; answers the exit code.</summary>
    public static int Run(Options options, CompiledConfiguration configuration)
    {
        _ = options;
        _ = configuration;
        return 1;
    }
}
