using System.Runtime.InteropServices;

namespace Engine.Data.Sticky;

/// <summary>
/// Events over a sliding period: those of the period under way and of the one before. Read, it gives what happened in
/// the last period, those of the one before weighed by how much of it is still inside.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct StickRate
{
    /// <summary>When the period under way began, milliseconds, wrapping; 0: nothing happened yet.</summary>
    public uint BeganMs;

    public uint Current;
    public uint Previous;

    /// <summary>Counts events.</summary>
    /// <param name="amount">How many.</param>
    /// <param name="periodMs">The period, milliseconds, above 0.</param>
    /// <param name="nowMs">Now.</param>
    public void Add(uint amount, uint periodMs, uint nowMs)
    {
        if (BeganMs == 0) BeganMs = Nonzero(nowMs);
        if (nowMs - BeganMs >= periodMs && (int)(nowMs - BeganMs) > 0)
        {
            Previous = Current;
            Current = 0;
            BeganMs = Nonzero(BeganMs + periodMs);
            if (nowMs - BeganMs >= periodMs)
            {
                Previous = 0;
                BeganMs = Nonzero(nowMs);
            }
        }
        Current += amount;
    }

    /// <summary>Events in the last period. One single event a period ago still reads as one: slow rates do not flap.</summary>
    public readonly uint Read(uint periodMs, uint nowMs)
    {
        if (BeganMs == 0 || periodMs == 0) return 0;
        ulong previous = Previous;
        ulong current = Current;
        long left = (long)periodMs - (int)(nowMs - BeganMs);
        if (left < 0)
        {
            left += periodMs;
            previous = left >= 0 ? current : 0;
            current = 0;
        }
        if (current == 0 && previous <= 1) return (uint)previous;
        return (uint)(((previous * (ulong)left) + (current * periodMs)) / periodMs);
    }

    /// <summary>Makes it read as a number of events now.</summary>
    public void Set(uint events, uint nowMs)
    {
        BeganMs = Nonzero(nowMs);
        Previous = 0;
        Current = events;
    }

    private static uint Nonzero(uint ms) => ms == 0 ? 1 : ms;
}
