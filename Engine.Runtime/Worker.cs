using System;
using System.Threading;
using Engine.Data.Health;
using Engine.Data.Profiling;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Runtime.Kernel;
using Engine.Runtime.Logging;
using Engine.Systems;
using Engine.Systems.Accept;
using Engine.Systems.Sticky;

namespace Engine.Runtime;

/// <summary>
/// One thread of the engine: repeats the tick over its own world and its own kernel back end until it is told to stop
/// and has nothing left to finish. The clock comes from the back end, so a simulated one drives everything.
/// </summary>
public sealed class Worker<TKernel> : IWorker
    where TKernel : struct, IKernel
{
    private readonly World world;
    private readonly LogSockets? logs;
    private TKernel kernel;
    private IdleSpin spin;
    private MeasureLoad load;

    /// <summary>The clock was read behind the sleep that has just ended: the tick begins with it.</summary>
    private bool clockIsRead;

    /// <summary>The wall clock as last read, microseconds, and when that was.</summary>
    private long wall;
    private long wallReadAt = long.MinValue / 2;

    /// <param name="world">What the thread owns.</param>
    /// <param name="kernel">The back end, made on the thread that will run it.</param>
    /// <param name="logs">Opens the sockets of log targets; null where nothing is logged to sockets.</param>
    /// <param name="spinNanoseconds">How long it may look for work before it sleeps, where that pays; 0: never.</param>
    public Worker(World world, TKernel kernel, LogSockets? logs, long spinNanoseconds = 0)
    {
        spin = new IdleSpin(spinNanoseconds);
        this.world = world;
        this.kernel = kernel;
        this.logs = logs;
        ReadClock();
        world.Wheel.Start(world.NowMs);
    }

    public World World => world;

    /// <summary>Told of each failure of our own code; the stream it concerned has been ended.</summary>
    public Action<Exception>? TellFault { get; set; }

    /// <summary>Told what became of servers; the list is cleared behind it.</summary>
    public Action<ValueList<HealthNotice>>? TellNotices { get; set; }

    /// <summary>The thread has ended, or will at the end of this tick: stopped and nothing left to finish.</summary>
    public bool IsDone => world.HardStop
        || (world.Stopping && world.Connections.Count == 0 && StopListening.HasEnded(world));

    /// <summary>Ends a wait in the kernel; callable from any thread.</summary>
    public void Wake() => kernel.Wake();

    /// <summary>Runs ticks until the worker is done.</summary>
    public void Run()
    {
        logs?.OpenAll(world.LogBatch, world.NowNanoseconds);
        while (!IsDone) Tick(block: true);
        kernel.Submit(world.Operations, world.Completions); // the last closes
        world.Completions.Clear();
        kernel.Wait(world.Completions, 0); // a back end may have kept them for this
        Interlocked.Decrement(ref world.Shared.Process.RunningThreads);
    }

    /// <summary>One tick: systems, then the kernel; sleeps when there is nothing to do and <paramref name="block"/> says so.</summary>
    public unsafe void Tick(bool block)
    {
        if (!clockIsRead) ReadClock();
        clockIsRead = false;
        if (load.IsDue(world.NowNanoseconds))
            load.Tell(world.NowNanoseconds, kernel.ProcessorNanoseconds, world.Shared.Loads, world.Thread);
        uint completions = world.Completions.Count;
        Pipeline.Run(world);
        kernel.Submit(world.Operations, world.Completions);
        uint sent = world.Completions.Count;
        if (Pipeline.TryFinish(world))
        {
            completions += sent;
            if (world.Operations.Count > 0) kernel.Submit(world.Operations, world.Completions);
        }
        if (world.Profile.Mode == ProfilingMode.Auto)
            world.Profile.Ticked(kernel.NowNanoseconds - world.NowNanoseconds, completions);
        world.Vectors.Clear();
        world.Counters->Ticks++;
        world.Counters->Completions += completions;
        if (world.LastFault is { } fault)
        {
            world.LastFault = null;
            TellFault?.Invoke(fault);
        }
        if (world.Notices.Count > 0)
        {
            TellNotices?.Invoke(world.Notices);
            world.Notices.Clear();
        }
        if (world.LogBatch.AnyWantsOpening) logs?.Reopen(world.LogBatch, world.NowNanoseconds);
        if (world.HasWork || IsDone) return;
        if (block) Sleep();
        else kernel.Wait(world.Completions, 0);
    }

    private void Sleep()
    {
        long look = spin.Decide();
        if (look > 0)
        {
            long end = kernel.NowNanoseconds + look;
            bool found = false;
            while (!found && kernel.NowNanoseconds < end)
            {
                kernel.Wait(world.Completions, 0);
                // A look takes a wake-up away: what it was for stands in the inbox.
                found = world.Completions.Count > 0 || !world.Shared.Inboxes[world.Thread].IsEmpty;
            }
            spin.Looked(found);
            if (found) return;
        }
        long before = world.NowNanoseconds;
        kernel.Wait(world.Completions, SleepNanoseconds());
        ReadClock();
        clockIsRead = true;
        spin.Slept(world.NowNanoseconds - before);
    }

    /// <summary>The wall clock is read anew after a millisecond; until then it goes on with the other.</summary>
    private void ReadClock()
    {
        world.NowNanoseconds = kernel.NowNanoseconds;
        world.NowMs = (uint)(world.NowNanoseconds / 1_000_000);
        long passed = world.NowNanoseconds - wallReadAt;
        if ((ulong)passed >= 1_000_000)
        {
            wallReadAt = world.NowNanoseconds;
            wall = kernel.WallMicroseconds;
            passed = 0;
        }
        world.WallMicroseconds = wall + (passed / 1_000);
    }

    /// <summary>
    /// How long a tick may sleep that has nothing to do: until the next timer, at most a second while pools are to be
    /// purged or accepting is to be retried; nanoseconds, -1 for ever.
    /// </summary>
    public long SleepNanoseconds()
    {
        const long second = 1_000_000_000;
        if (world.Starved.Count > 0) return second / 100;
        int delayMs = world.Wheel.NextDelayMs(world.NowMs);
        long sleep = delayMs < 0 ? -1 : delayMs * 1_000_000L;
        if (world.Checks is { Count: > 0 } checks)
        {
            long left = Math.Max(0, (checks.NextDueMs * 1_000_000) - world.NowNanoseconds);
            if (sleep < 0 || left < sleep) sleep = left;
        }
        long warm = world.Thread == 0 ? Volatile.Read(ref world.Shared.WarmDueNanoseconds) : 0;
        if (warm != 0)
        {
            long left = Math.Max(0, warm - world.NowNanoseconds);
            if (sleep < 0 || left < sleep) sleep = left;
        }
        if (world.RetryAcceptNanoseconds != 0)
        {
            long left = Math.Max(0, world.RetryAcceptNanoseconds - world.NowNanoseconds);
            if (sleep < 0 || left < sleep) sleep = left;
        }
        bool regular = SweepTables.HasWork(world) || world.IdleServerConnections > 0;
        if (regular && (sleep < 0 || sleep > second)) sleep = second;
        if (world.ToWatch.IsEmpty) return sleep;
        long watch = Math.Max(0, world.ToWatch.NextDue - world.NowNanoseconds);
        return sleep < 0 ? watch : Math.Min(sleep, watch);
    }
}
