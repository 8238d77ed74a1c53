namespace Engine.Runtime.Admin;

/// <summary>
/// Events of the last second, from a count that only grows and is looked at about every second.
/// </summary>
internal struct RateMeter
{
    private ulong lastTotal;
    private long lastMs;
    private bool started;

    /// <summary>Events a second between the last two samples.</summary>
    public ulong Rate { get; private set; }

    /// <summary>The highest rate so far.</summary>
    public ulong Max { get; private set; }

    public void Sample(ulong total, long nowMs)
    {
        long elapsedMs = nowMs - lastMs;
        if (started && elapsedMs <= 0) return;
        if (started) Rate = (total - lastTotal) * 1000 / (ulong)elapsedMs;
        if (Rate > Max) Max = Rate;
        lastTotal = total;
        lastMs = nowMs;
        started = true;
    }
}
