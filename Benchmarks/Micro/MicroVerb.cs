using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Benchmarks.Micro;

/// <summary>
/// The verb <c>micro</c>: every class of this assembly that has benchmarks, by BenchmarkDotNet.
/// </summary>
public static class MicroVerb
{
    private const string Smoke = "--smoke";

    /// <summary>
    /// Hands the arguments to BenchmarkDotNet, or with <c>--smoke</c> calls each benchmark a few times in
    /// this process. Exit status 1 when one failed or allocated although it declares that it does not.
    /// </summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Contains(Smoke)) return RunSmoke(arguments);
        IConfig configuration = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
        string[] words = arguments.Length > 0 ? arguments.ToArray() : ["--filter", "*"];
        List<string> faults = [];
        BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(MicroVerb).Assembly);
        foreach (Summary summary in switcher.Run(words, configuration))
        {
            faults.AddRange(summary.ValidationErrors.Select(error => error.Message));
            foreach (BenchmarkReport report in summary.Reports)
                Judge(report, faults);
        }

        foreach (string fault in faults)
            Console.Error.WriteLine(fault);
        return faults.Count == 0 ? 0 : 1;
    }

    private static void Judge(BenchmarkReport report, List<string> faults)
    {
        BenchmarkCase benchmark = report.BenchmarkCase;
        string name = $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}";
        if (!report.Success) faults.Add($"{name} failed");
        bool declared = benchmark.Descriptor.WorkloadMethod.IsDefined(
            typeof(AllocatesNothingAttribute), false)
            || benchmark.Descriptor.Type.IsDefined(typeof(AllocatesNothingAttribute), false);
        long? allocated = report.GcStats.GetBytesAllocatedPerOperation(benchmark);
        if (declared && allocated > 0)
            faults.Add($"{name} declares no allocation and made {allocated} bytes per call");
    }

    private static int RunSmoke(ReadOnlySpan<string> arguments)
    {
        string part = arguments.Length > 1 ? arguments[^1] : string.Empty;
        int faults = 0;
        foreach (SmokeCase smoke in SmokeCase.AllOf(typeof(MicroVerb).Assembly))
        {
            if (part != Smoke && !smoke.Name.Contains(part, StringComparison.OrdinalIgnoreCase)) continue;
            long allocated = smoke.Run();
            bool fault = smoke.AllocatesNothing && allocated > 0;
            if (fault) faults++;
            Console.Out.WriteLine(
                $"{smoke.Name}: {allocated} bytes{(fault ? ", declared to be none" : string.Empty)}");
        }

        return faults == 0 ? 0 : 1;
    }
}
