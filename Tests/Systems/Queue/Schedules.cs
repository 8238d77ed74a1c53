using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Systems.Queue;

namespace Tests.Systems.Queue;

/// <summary>
/// Runs the real code of several threads in every order that its steps allow: each body runs on a thread of its own, and
/// only one at a time, from one <see cref="QueueStep"/> to the next. Which one goes on is a choice; all choices are
/// tried, depth first, those with more than so many preemptions left out.
/// </summary>
public sealed class Schedules
{
    private static Schedules? current;

    private readonly List<Actor> actors = [];
    private readonly List<int> choices = [];
    private readonly List<int> widths = [];
    private readonly SemaphoreSlim turn = new(0);
    private Actor? running;

    /// <summary>A second look that is left out, to see that it is missed.</summary>
    public static QueueStep? Omitted { get; private set; }

    public static int Explore(
        Action begin, Action[] bodies, Action end, QueueStep? omitted = null, int preemptionsMax = int.MaxValue)
    {
        Omitted = omitted;
        int runs = 0;
        List<int> prefix = [];
        do
        {
            Schedules schedule = new();
            begin();
            schedule.Run(bodies, prefix, preemptionsMax);
            end();
            runs++;
            prefix = schedule.Next();
        }
        while (prefix.Count > 0);
        return runs;
    }

    internal static void Pause() => current?.Yield(isBlocked: null);

    internal static void PauseUntil(Func<bool> isFree) => current?.Yield(isFree);

    private void Run(Action[] bodies, List<int> prefix, int preemptionsMax)
    {
        current = this;
        foreach (Action body in bodies) actors.Add(new Actor(this, body));
        int preemptions = 0;
        Actor? last = null;
        while (true)
        {
            List<Actor> ready = actors.FindAll(actor => actor.IsReady);
            if (ready.Count == 0) break;
            bool mayGoOn = last is not null && ready.Contains(last);
            if (mayGoOn && preemptions >= preemptionsMax) ready = [last!];
            else if (mayGoOn) (ready[0], ready[ready.IndexOf(last!)]) = (last!, ready[0]);
            int choice = choices.Count < prefix.Count ? prefix[choices.Count] : 0;
            choices.Add(choice);
            widths.Add(ready.Count);
            if (mayGoOn && choice != 0) preemptions++;
            last = running = ready[choice];
            last.Go.Release();
            turn.Wait();
        }
        current = null;
        foreach (Actor actor in actors) actor.Join();
    }

    /// <summary>The choices of the next schedule: the last one that has another, one on. Empty when all were tried.</summary>
    private List<int> Next()
    {
        for (int i = choices.Count - 1; i >= 0; i--)
        {
            if (choices[i] + 1 < widths[i]) return [.. choices[..i], choices[i] + 1];
        }
        return [];
    }

    private void Yield(Func<bool>? isBlocked)
    {
        Actor own = running!;
        own.IsFree = isBlocked;
        turn.Release();
        own.Go.Wait();
    }

    private sealed class Actor
    {
        public readonly SemaphoreSlim Go = new(0);
        public Func<bool>? IsFree;
        private readonly Thread thread;
        private bool isDone;
        private Exception? fault;

        public Actor(Schedules schedule, Action body)
        {
            thread = new Thread(() =>
            {
                Go.Wait();
                try
                {
                    body();
                }
                catch (Exception caught)
                {
                    fault = caught;
                }
                isDone = true;
                schedule.turn.Release();
            });
            thread.Start();
        }

        public bool IsReady => !isDone && (IsFree is null || IsFree());

        public void Join()
        {
            if (!isDone) throw new InvalidOperationException("the threads wait for each other");
            thread.Join();
            if (fault is not null) throw new InvalidOperationException("a body failed", fault);
        }
    }
}
