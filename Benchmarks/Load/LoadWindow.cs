using System;
using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>
/// The measured window of a load run: opens after the warm-up, takes the CPU times at both ends, counts what
/// completes in between.
/// </summary>
internal sealed class LoadWindow(LoadPlan plan)
{
    private readonly LatencyHistogram histogram = new();
    private readonly LoadErrors errors = new();
    private CpuTimes proxyAtOpen;
    private CpuTimes originAtOpen;
    private CpuTimes clientAtOpen;
    private long busyAtOpen;
    private CpuTimes proxy;
    private CpuTimes origin;
    private CpuTimes client;
    private long busy;
    private long requests;
    private long reconnects;

    public bool IsOpen { get; private set; }

    public bool IsClosed { get; private set; }

    public long OpenedNs { get; private set; }

    public long ClosedNs { get; private set; }

    /// <summary>Errors of the whole run: a failure during the warm-up spoils a run as well.</summary>
    public LoadErrors Errors => errors;

    public long BacklogMax { get; set; }

    /// <summary>Monotonic time in nanoseconds.</summary>
    public static long Now() => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    public void Open()
    {
        histogram.Clear();
        requests = 0;
        reconnects = 0;
        BacklogMax = 0;
        proxyAtOpen = Times(plan.WatchProcess);
        originAtOpen = Times(plan.WatchOrigin);
        clientAtOpen = CpuTimes.OfTree(Environment.ProcessId);
        busyAtOpen = Busy();
        IsOpen = true;
        OpenedNs = Now();
    }

    public void Close()
    {
        ClosedNs = Now();
        IsOpen = false;
        IsClosed = true;
        proxy = Times(plan.WatchProcess) - proxyAtOpen;
        origin = Times(plan.WatchOrigin) - originAtOpen;
        client = CpuTimes.OfTree(Environment.ProcessId) - clientAtOpen;
        busy = Busy() - busyAtOpen;
    }

    /// <summary>
    /// One whole answer. A closed load counts what completes in the window; an open one also measures the
    /// latency of what was due in it and completes later, else the slowest answers would be the ones left
    /// out.
    /// </summary>
    public void Complete(long startNs, long nowNs)
    {
        if (IsOpen) requests++;
        bool counts = plan.Kind == LoadKind.Open
            ? OpenedNs > 0 && startNs >= OpenedNs && (!IsClosed || startNs < ClosedNs)
            : IsOpen;
        if (counts) histogram.Record(nowNs - startNs);
    }

    public void Reconnect()
    {
        if (IsOpen) reconnects++;
    }

    public LoadResult Result() => new()
    {
        Requests = requests,
        Seconds = (ClosedNs - OpenedNs) / 1e9,
        P50Ns = histogram.PercentileNs(0.50),
        P99Ns = histogram.PercentileNs(0.99),
        P999Ns = histogram.PercentileNs(0.999),
        MaximumNs = histogram.MaximumNs,
        Reconnects = reconnects,
        BacklogMax = BacklogMax,
        Errors = errors,
        ProxyCpu = proxy,
        OriginCpu = origin,
        ClientCpu = client,
        CpuBusyNs = busy,
    };

    private static CpuTimes Times(int process) => process > 0 ? CpuTimes.OfTree(process) : default;

    private long Busy() => plan.WatchCpu >= 0 ? CpuTimes.BusyOfCpu(plan.WatchCpu) : 0;
}
