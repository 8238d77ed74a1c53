using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>How busy the threads are, 0 to 100 (manual section 7.3.2).</summary>
internal static unsafe class LoadFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("cpu_usage_thr", &OfThread);
        Add("cpu_usage_grp", &OfGroup);
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

    private static bool OfGroup(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        foreach (ThreadGroup group in scope.Configuration.Globals.Groups)
        {
            if (scope.Thread < group.First || scope.Thread >= group.First + group.Count) continue;
            sample.SetInteger(scope.Shared.Loads.MeanOf(group.First, group.Count));
            return true;
        }
        return OfAll(ref scope, arguments, ref sample);
    }

    private static bool OfAll(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        sample.SetInteger(scope.Shared.Loads.Mean);
        return true;
    }
}
