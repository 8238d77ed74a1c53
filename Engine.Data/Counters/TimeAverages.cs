namespace Engine.Data.Counters;

/// <summary>
/// Times of the last exchanges of a server or backend, milliseconds: sums that forget a 512th of themselves with each new
/// one, so that sum over count is the average of about the last 512, and the largest since the counters were cleared.
/// </summary>
public struct TimeAverages
{
    /// <summary>Exchanges that the sums stand for.</summary>
    public const uint SamplesMax = 512;

    public uint Samples;
    public uint QueueMax;
    public uint ConnectMax;
    public uint ResponseMax;
    public uint TotalMax;
    public ulong QueueSum;
    public ulong ConnectSum;
    public ulong ResponseSum;
    public ulong TotalSum;

    /// <summary>Enters an exchange; a time of -1 (the step was not reached) counts 0.</summary>
    public void Add(long queueMs, long connectMs, long responseMs, long totalMs)
    {
        bool full = Samples == SamplesMax;
        if (!full) Samples++;
        Enter(ref QueueSum, ref QueueMax, queueMs, full);
        Enter(ref ConnectSum, ref ConnectMax, connectMs, full);
        Enter(ref ResponseSum, ref ResponseMax, responseMs, full);
        Enter(ref TotalSum, ref TotalMax, totalMs, full);
    }

    private static void Enter(ref ulong sum, ref uint largest, long milliseconds, bool full)
    {
        uint value = milliseconds < 0 ? 0 : (uint)System.Math.Min(milliseconds, uint.MaxValue);
        if (full) sum -= sum / SamplesMax;
        sum += value;
        if (value > largest) largest = value;
    }
}
