using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>
/// Begins the checks that are due. A check sleeps in the schedule of the thread that ran it last and, when it wakes there,
/// goes to a thread that has clearly less to do, once.
/// </summary>
public static class JudgeChecks
{
    /// <summary>Checks begun in one tick at most: the rest follows in the next.</summary>
    private const int BatchMax = 64;

    /// <summary>Checks under way from which on a thread looks for another, and rows of work that count as busy.</summary>
    private const int BusyChecks = 3;

    private const int BusyWork = 3;

    /// <summary>Other threads looked at.</summary>
    private const int DrawsMax = 3;

    public static void Run(World world)
    {
        CheckSchedule? schedule = world.Checks;
        if (schedule == null) return;
        long nowMs = world.NowNanoseconds / 1_000_000;
        ref CheckLoad load = ref world.Shared.LoadOf(world.Thread);
        Volatile.Write(ref load.Work, (int)(world.Received.Count + world.ToRule.Count + world.ToForward.Count));
        if (!schedule.Begun) StartChecks.Run(world, schedule, nowMs);
        if (world.Stopping)
        {
            StopChecks.Run(world, schedule);
            return;
        }
        int most = world.Configuration.Globals.ChecksPerThreadMax;
        for (int begun = 0; begun < BatchMax && schedule.Count > 0 && schedule.NextDueMs <= nowMs; begun++)
        {
            bool full = most > 0 && Volatile.Read(ref load.Running) >= most;
            int check = schedule.Next;
            if (TryHandOver(world, check, full))
            {
                schedule.Remove(check);
                continue;
            }
            if (full) break; // those due wait for one that ends
            schedule.Remove(check);
            Interlocked.Increment(ref load.Running);
            RunCheck.Begin(world, check);
        }
    }

    /// <summary>Another thread hands a check over; it runs here whatever is going on.</summary>
    public static void TakeOver(World world, int check)
    {
        if (world.Stopping || world.Checks == null) return;
        world.Shared.CheckOf(check).HandedOver = true;
        RunCheck.Begin(world, check);
    }

    private static bool TryHandOver(World world, int check, bool full)
    {
        SharedWorld shared = world.Shared;
        if (shared.Threads == 1 || shared.CheckOf(check).HandedOver) return false;
        ref CheckLoad load = ref shared.LoadOf(world.Thread);
        int running = Volatile.Read(ref load.Running);
        if (running < BusyChecks || (!full && load.Work < BusyWork)) return false;
        for (int draw = 0; draw < DrawsMax; draw++)
        {
            int other = (int)(world.NextRandom() % (uint)shared.Threads);
            if (other == world.Thread || !IsBetter(load, shared.LoadOf(other), full)) continue;
            Interlocked.Increment(ref shared.LoadOf(other).Running);
            ThreadMessage message = new() { Kind = ThreadMessageKind.CheckHandedOver, Server = check };
            if (shared.Inboxes[other].TryPost(message))
            {
                shared.WakeThread(other);
                return true;
            }
            Interlocked.Decrement(ref shared.LoadOf(other).Running);
        }
        return false;
    }

    /// <summary>
    /// The other has at least about one in a hundred fewer checks under way, and this thread is full or the other clearly
    /// less loaded: under half the checks, or no more checks and under half the work.
    /// </summary>
    private static bool IsBetter(in CheckLoad mine, in CheckLoad other, bool full)
    {
        int here = Volatile.Read(in mine.Running);
        int there = Volatile.Read(in other.Running);
        if (here * 128 < there * 129) return false;
        if (full || there * 2 < here) return true;
        return there <= here && Volatile.Read(in other.Work) * 2 < mine.Work;
    }
}
