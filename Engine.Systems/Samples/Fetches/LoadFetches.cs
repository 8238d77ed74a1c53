using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>How busy the threads are, 0 to 100 (manual section 7.3.2). There is one group of threads.</summary>
internal static unsafe class LoadFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("cpu_usage_thr", &OfThread);
        Add("cpu_usage_grp", &OfAll);
        Add("cpu_usage_proc", &OfAll);
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Integer, SamplePlaces.Anywhere, fetch));

    private static bool OfThread(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        sample.SetInteger(scope.Shared.Loads.Of(scope.Thread));
        return true;
    }

    private static bool OfAll(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        sample.SetInteger(scope.Shared.Loads.Mean);
        return true;
    }
}
