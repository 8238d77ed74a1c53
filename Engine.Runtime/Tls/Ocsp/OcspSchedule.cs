using System;
using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>
/// Which response is fetched when (manual section 12.7.1, <c>ocsp-update</c>). It has no clock and no lock of its own.
/// </summary>
public sealed class OcspSchedule(OcspSettings settings)
{
    /// <summary>A response is fetched anew so long before it is out of date, seconds.</summary>
    private const int MarginSeconds = 60;

    /// <summary>The time to the attempt after a failure is this, doubled for each failure in a row.</summary>
    private const int RetrySeconds = 60;

    private const int DoublingsMax = 20;

    private readonly List<OcspEntry> entries = [];

    /// <summary>The entry of a response; null: there is none.</summary>
    public OcspEntry? Find(OcspStaple staple) => entries.Find(entry => entry.Staple == staple);

    /// <summary>Those that wait for their turn, in the order in which it comes.</summary>
    public List<OcspEntry> Waiting()
    {
        List<OcspEntry> waiting = entries.FindAll(static entry => entry.IsScheduled);
        waiting.Sort(static (left, right) => left.NextSeconds != right.NextSeconds
            ? left.NextSeconds.CompareTo(right.NextSeconds)
            : left.Staple.Identifier.AsSpan().SequenceCompareTo(right.Staple.Identifier));
        return waiting;
    }

    /// <summary>Takes an entry up: its turn comes when what it has says so, at once where it has nothing.</summary>
    public void Add(OcspEntry entry, long nowSeconds)
    {
        entries.Add(entry);
        if (!entry.IsOnce) entry.NextSeconds = Usual(entry, nowSeconds);
        entry.IsScheduled = true;
    }

    /// <summary>Brings an entry's turn to now, unless it is under way.</summary>
    public void Hurry(OcspEntry entry)
    {
        if (entry.IsUnderWay) return;
        entry.NextSeconds = 0;
        entry.IsScheduled = true;
    }

    public void Remove(OcspEntry entry)
    {
        entries.Remove(entry);
        entry.IsScheduled = false;
        entry.IsDropped = true;
    }

    /// <summary>Those of responses that are not used any more.</summary>
    public List<OcspEntry> Unused(ICollection<OcspStaple> used) => entries.FindAll(entry => !used.Contains(entry.Staple));

    /// <summary>The entry whose turn it is; null, and how long until the next one's, seconds (-1: there is none).</summary>
    public OcspEntry? Take(long nowSeconds, out long waitSeconds)
    {
        waitSeconds = -1;
        if (Waiting() is not [var first, ..]) return null;
        waitSeconds = Math.Max(0, first.NextSeconds - nowSeconds);
        if (waitSeconds > 0) return null;
        first.IsScheduled = false;
        first.IsUnderWay = true;
        first.Status = OcspStatus.Unknown;
        first.Reason = "";
        return first;
    }

    /// <summary>An update ended as <see cref="OcspEntry.Status"/> says: the entry gets its next turn.</summary>
    public void Finish(OcspEntry entry, long nowSeconds)
    {
        entry.IsUnderWay = false;
        if (entry.Status == OcspStatus.Updated)
        {
            entry.Successes++;
            entry.FailuresInRow = 0;
            entry.LastSeconds = nowSeconds;
            entry.NextSeconds = Usual(entry, nowSeconds);
        }
        else
        {
            entry.Failures++;
            entry.FailuresInRow = Math.Min(entry.FailuresInRow + 1, DoublingsMax);
            long delay = Math.Min((long)RetrySeconds << entry.FailuresInRow, settings.DelayMaxSeconds);
            entry.NextSeconds = Math.Max(Usual(entry, nowSeconds), nowSeconds + delay);
        }
        if (entry.IsDropped) return;
        if (entry.IsOnce) entries.Remove(entry);
        else entry.IsScheduled = true;
    }

    private long Usual(OcspEntry entry, long nowSeconds)
    {
        if (entry.Staple.Current is not { } response) return 0;
        long next = Math.Min(nowSeconds + settings.DelayMaxSeconds, (response.ExpiresMs / 1000) - MarginSeconds);
        return Math.Max(next, nowSeconds + settings.DelayMinSeconds);
    }
}
