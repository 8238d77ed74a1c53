using System;
using System.Text.Json;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>Runs one load in a process of its own and reads its result.</summary>
public static class LoadClient
{
    public static LoadResult Run(LoadPlan plan, bool useWrk)
    {
        if (plan.Handshakes != HandshakeKind.None) return HandshakeClient.Run(plan);
        if (plan.Tls || plan.Http2) return H2LoadClient.Run(plan);
        if (useWrk && WrkClient.CanRun(plan)) return WrkClient.Run(plan);
        using ChildProcess load = ChildProcess.StartVerb(LoadVerbs.ArgumentsOf(plan), Placement.LoadCpus);
        string line = load.Reader.ReadLine() ?? string.Empty;
        _ = load.WaitForExit();
        return JsonSerializer.Deserialize<LoadResult>(line.Length > 0 ? line : "null")
            ?? throw new InvalidOperationException("the load program ended without a result");
    }
}
