using Engine.Data.Sticky;

namespace Engine.Data.Shared;

/// <summary>Events in the last second, counted by all threads.</summary>
public struct SharedRate
{
    private const uint PeriodMs = 1000;

    private int gate;
    private StickRate rate;

    public void Add(uint nowMs)
    {
        ShortLock.Enter(ref gate);
        rate.Add(1, PeriodMs, nowMs);
        ShortLock.Exit(ref gate);
    }

    public uint Read(uint nowMs)
    {
        ShortLock.Enter(ref gate);
        uint events = rate.Read(PeriodMs, nowMs);
        ShortLock.Exit(ref gate);
        return events;
    }
}
