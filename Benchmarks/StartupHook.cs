using Benchmarks.EndToEnd;

/// <summary>
/// The name and place that the runtime looks for in an assembly named by DOTNET_STARTUP_HOOKS: no namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => HeapProbe.Serve();
}
