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

    /// <summary>
    /// Events of the last second as of now: what came since the last sample, and of the second before it the share that is
    /// not over yet.
    /// </summary>
    public readonly ulong Current(ulong total, long nowMs)
    {
        long elapsedMs = nowMs - lastMs;
        ulong since = total - lastTotal;
        if (!started) return total;
        if (elapsedMs >= 1000) return since * 1000 / (ulong)elapsedMs;
        return since + (Rate * (ulong)(1000 - elapsedMs) / 1000);
    }

    public readonly ulong Highest(ulong total, long nowMs) => ulong.Max(Max, Current(total, nowMs));

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
