using System.Runtime.CompilerServices;
using Engine.Data.Profiling;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What the stream cost the thread so far (manual section 7.3.2). Times are measured while profiling is on.</summary>
internal static unsafe class CostFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("cpu_calls", &Calls);
        Add("cpu_ns_avg", &CpuAverage);
        Add("cpu_ns_tot", &Cpu);
        Add("lat_ns_avg", &LatencyAverage);
        Add("lat_ns_tot", &Latency);
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Integer, SamplePlaces.Anywhere, fetch)
        {
            Prepare = &AskForCosts,
        });

    private static string? AskForCosts(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.CountsWork = true;
        return null;
    }

    private static bool Calls(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Set(ref sample, CostOf(ref scope).Calls);

    private static bool Cpu(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Set(ref sample, CostOf(ref scope).CpuNanoseconds);

    private static bool CpuAverage(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        StreamCost cost = CostOf(ref scope);
        return Set(ref sample, cost.Calls == 0 ? 0 : cost.CpuNanoseconds / cost.Calls);
    }

    private static bool Latency(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Set(ref sample, CostOf(ref scope).LatencyNanoseconds);

    private static bool LatencyAverage(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        StreamCost cost = CostOf(ref scope);
        return Set(ref sample, cost.Calls == 0 ? 0 : cost.LatencyNanoseconds / cost.Calls);
    }

    private static StreamCost CostOf(ref Evaluation scope) => scope.Cost == null ? default : *scope.Cost;

    private static bool Set(ref Sample sample, ulong number)
    {
        sample.SetInteger((long)number);
        return true;
    }
}
