using System.Threading;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Runtime;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>One thread of the engine under simulation: runs a tick when the interleaving gives it the processor.</summary>
internal sealed unsafe class Lane(World world, SimulatedKernel kernel, Trace trace)
{
    private readonly Worker<SimulatedKernel> worker = new(world, kernel, null);
    private bool isAsleep;

    public World World => world;

    public SimulatedKernel Kernel => kernel;

    public bool IsDone { get; private set; }

    /// <summary>When a sleep ends by itself, nanoseconds.</summary>
    public long WakesAt { get; private set; } = long.MaxValue;

    /// <summary>The thread sleeps in the kernel and nothing has ended that.</summary>
    public bool IsAsleep => IsDone || (isAsleep && !kernel.IsReady && kernel.NowNanoseconds < WakesAt);

    public void Wake() => worker.Wake();

    public void Tick()
    {
        if (isAsleep) kernel.Wait(world.Completions, 0); // what the sleep ended with
        if (trace.Capacity > 0) TellCompletions();
        worker.Tick(block: false);
        if (trace.Capacity > 0) TellStreams();
        if (worker.IsDone)
        {
            // As Worker.Run ends.
            kernel.Submit(world.Operations, world.Completions);
            Interlocked.Decrement(ref world.Shared.Process.RunningThreads);
            IsDone = true;
            return;
        }
        isAsleep = !world.HasWork;
        if (!isAsleep) return;
        long sleep = worker.SleepNanoseconds();
        WakesAt = sleep < 0 ? long.MaxValue : kernel.NowNanoseconds + sleep;
    }

    private void TellCompletions()
    {
        foreach (ref readonly Completion one in world.Completions.Items)
        {
            trace.Add($"  thread {world.Thread} completion {one.Owner.Kind} row {one.Owner.Row} result {one.Result} {one.Flags}");
            if (one.Addresses != null) trace.Add($"    from port {one.Addresses->Peer.Port}");
        }
    }

    private void TellStreams()
    {
        for (uint row = 0; row < world.Streams.RowsEverUsed; row++)
        {
            if (!world.Streams.IsTaken(row)) continue;
            ref Stream stream = ref world.Stream[row];
            ref Connection client = ref world.Connection[stream.Client];
            trace.Add($"  thread {world.Thread} stream {row} {stream.State} {stream.Flags} server {stream.ServerNumber}");
            trace.Add($"    client {stream.Client} {client.State} in {client.In.Length} out {client.Out.Length} {client.Flags}");
            if (stream.Server == Engine.Data.Tables.Table.NoRow) continue;
            ref Connection server = ref world.Connection[stream.Server];
            trace.Add($"    server {stream.Server} {server.State} in {server.In.Length} out {server.Out.Length} {server.Flags}");
        }
    }
}
