using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Time;

/// <summary>
/// Timers of one thread, two levels of 1,024 slots: 1 ms and 1,024 ms wide. A timer further away than the second
/// level waits in its last slot and is placed again. Moving a deadline later touches only the row; moving it
/// earlier than its place relinks it. Milliseconds are 32 bits and wrap; 0 means never and is stepped over.
/// </summary>
public sealed unsafe class TimerWheel
{
    private const int Slots = 1024;
    private const uint SlotMask = Slots - 1;

    /// <summary>Kinds of rows that own a timer; the low bit of a timer number.</summary>
    public const uint ConnectionKind = 0;
    public const uint StreamKind = 1;

    private readonly uint* near;
    private readonly uint* far;
    private readonly ulong* nearBits;
    private readonly ulong* farBits;
    private readonly byte* connections;
    private readonly byte* streams;
    private readonly int connectionStride;
    private readonly int streamStride;
    private uint now;

    /// <param name="connections">Address of the timer in connection row 0, and the distance to the next row's.</param>
    /// <param name="connectionStride">Bytes from one connection's timer to the next.</param>
    /// <param name="streams">Likewise for streams.</param>
    /// <param name="streamStride">Bytes from one stream's timer to the next.</param>
    /// <param name="nowMs">The wheel's clock at start.</param>
    public TimerWheel(Timer* connections, int connectionStride, Timer* streams, int streamStride, uint nowMs)
    {
        this.connections = (byte*)connections;
        this.connectionStride = connectionStride;
        this.streams = (byte*)streams;
        this.streamStride = streamStride;
        near = (uint*)NativeRegion.Reserve(Slots * sizeof(uint));
        far = (uint*)NativeRegion.Reserve(Slots * sizeof(uint));
        nearBits = (ulong*)NativeRegion.Reserve(Slots / 8);
        farBits = (ulong*)NativeRegion.Reserve(Slots / 8);
        now = nowMs;
    }

    /// <summary>The millisecond up to which timers were collected.</summary>
    public uint NowMs => now;

    /// <summary>Sets the clock of an empty wheel.</summary>
    public void Start(uint nowMs)
    {
        Check.That(!HasAny());
        now = nowMs;
    }

    public static uint NumberOf(uint kind, uint row) => ((row << 1) | kind) + 1;

    /// <summary>A deadline so many milliseconds from a time; never 0, which would mean "never".</summary>
    public static uint After(uint nowMs, uint delayMs)
    {
        uint due = nowMs + delayMs;
        return due == 0 ? 1 : due;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(uint a, uint b) => (int)(a - b) < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Timer* At(uint number)
    {
        uint row = (number - 1) >> 1;
        return ((number - 1) & 1) == ConnectionKind
            ? (Timer*)(connections + (nuint)row * (nuint)connectionStride)
            : (Timer*)(streams + (nuint)row * (nuint)streamStride);
    }

    /// <summary>Sets a deadline; 0 clears it. The usual case, later than before, only writes the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(uint kind, uint row, ref Timer timer, uint dueMs)
    {
        timer.Due = dueMs;
        if (dueMs == 0) return;
        if (timer.Placed != 0)
        {
            if (!IsBefore(dueMs, timer.Placed)) return;
            Unlink(NumberOf(kind, row), ref timer);
        }
        Place(NumberOf(kind, row), ref timer, dueMs);
    }

    /// <summary>Takes a timer out for good, before its row is freed.</summary>
    public void Remove(uint kind, uint row, ref Timer timer)
    {
        if (timer.Placed != 0) Unlink(NumberOf(kind, row), ref timer);
        timer.Due = 0;
    }

    /// <summary>Milliseconds until something may be due: 0 now, -1 when no timer is set.</summary>
    public int NextDelayMs(uint nowMs)
    {
        if (IsBefore(now, nowMs) && HasAny()) return 0;
        // At the end of a block the first level holds timers of the next one already, and the second may hold earlier ones.
        uint next = now + 1;
        if ((next & SlotMask) == 0 && far[(next >> 10) & SlotMask] != 0) return (int)(next - nowMs);
        for (uint step = 0; step < Slots;)
        {
            uint slot = (now + 1 + step) & SlotMask;
            ulong word = nearBits[slot >> 6] >> (int)(slot & 63);
            if (word != 0)
            {
                uint ahead = step + (uint)BitOperations.TrailingZeroCount(word) + 1;
                if (ahead <= Slots) return (int)(now + ahead - nowMs) is var left && left > 0 ? left : 0;
            }
            step += 64 - (slot & 63);
        }
        for (int i = 0; i < Slots / 64; i++)
            if (farBits[i] != 0) return (int)(Slots - (now & SlotMask)); // next cascade
        return -1;
    }

    private bool HasAny()
    {
        for (int i = 0; i < Slots / 64; i++)
            if ((nearBits[i] | farBits[i]) != 0) return true;
        return false;
    }

    /// <summary>
    /// Advances the clock and lists the numbers of timers that are due, at most <paramref name="room"/>; their Due is
    /// left for the caller to read and they are out of the wheel. What does not fit stays for the next call.
    /// </summary>
    public uint Expire(uint nowMs, uint* expired, uint room)
    {
        uint count = 0;
        if (!HasAny())
        {
            now = nowMs;
            return 0;
        }
        while (IsBefore(now, nowMs))
        {
            uint next = now + 1;
            if ((next & SlotMask) == 0) Cascade(next);
            uint slot = next & SlotMask;
            if ((nearBits[slot >> 6] & (1UL << (int)(slot & 63))) != 0 && !Collect(slot, next, expired, room, ref count))
                return count; // full: this millisecond is looked at again
            now = next;
        }
        return count;
    }

    /// <summary>
    /// Empties a slot of the first level. Its list is taken off first: a deadline that moved to the last millisecond of
    /// the next block goes back into the very slot, and must not be met again now.
    /// </summary>
    private bool Collect(uint slot, uint tick, uint* expired, uint room, ref uint count)
    {
        uint number = near[slot];
        SetHead(near, nearBits, slot, 0);
        while (number != 0)
        {
            Timer* timer = At(number);
            bool due = timer->Due != 0 && !IsBefore(tick, timer->Due);
            if (due && count == room)
            {
                PutBack(number, slot);
                return false;
            }
            uint next = timer->Next;
            timer->Next = 0;
            timer->Previous = 0;
            timer->Placed = 0;
            if (due) expired[count++] = number;
            else if (timer->Due != 0) Place(number, ref *timer, timer->Due, tick);
            number = next;
        }
        return true;
    }

    /// <summary>Links the rest of a list that was taken off a slot into it again.</summary>
    private void PutBack(uint number, uint slot)
    {
        while (number != 0)
        {
            Timer* timer = At(number);
            uint next = timer->Next;
            timer->Previous = 0;
            timer->Next = near[slot];
            if (timer->Next != 0) At(timer->Next)->Previous = number;
            near[slot] = number;
            number = next;
        }
        nearBits[slot >> 6] |= 1UL << (int)(slot & 63);
    }

    /// <summary>Spreads the second level's slot that begins now over the first level.</summary>
    private void Cascade(uint tick)
    {
        uint slot = (tick >> 10) & SlotMask;
        uint number = far[slot];
        far[slot] = 0;
        farBits[slot >> 6] &= ~(1UL << (int)(slot & 63));
        while (number != 0)
        {
            Timer* timer = At(number);
            uint next = timer->Next;
            timer->Placed = 0;
            timer->Next = 0;
            timer->Previous = 0;
            if (timer->Due != 0) Place(number, ref *timer, timer->Due, tick - 1);
            number = next;
        }
    }

    private void Place(uint number, ref Timer timer, uint due) => Place(number, ref timer, due, now);

    private void Place(uint number, ref Timer timer, uint due, uint from)
    {
        uint at = IsBefore(from, due) ? due : from + 1;
        // Near: in the 1,024 ms that the first level is spread over now. Blocks are numbered in 22 bits and wrap too.
        uint placed;
        uint* heads;
        ulong* bits;
        uint slot;
        if ((at & ~SlotMask) == ((from + 1) & ~SlotMask))
        {
            placed = at;
            heads = near;
            bits = nearBits;
            slot = at & SlotMask;
        }
        else
        {
            uint block = at >> 10;
            uint last = (from >> 10) + Slots - 1;
            if (((block - (from >> 10)) & 0x3F_FFFF) >= Slots) block = last;
            placed = block << 10;
            heads = far;
            bits = farBits;
            slot = block & SlotMask;
        }
        if (placed == 0) placed = 1;
        timer.Placed = placed;
        timer.Previous = 0;
        timer.Next = heads[slot];
        if (timer.Next != 0) At(timer.Next)->Previous = number;
        heads[slot] = number;
        bits[slot >> 6] |= 1UL << (int)(slot & 63);
    }

    private void Unlink(uint number, ref Timer timer)
    {
        if (timer.Previous != 0)
        {
            At(timer.Previous)->Next = timer.Next;
        }
        else
        {
            // The head of a slot: which level it stands in follows from where the head is.
            uint nearSlot = timer.Placed & SlotMask;
            uint farSlot = (timer.Placed >> 10) & SlotMask;
            if (near[nearSlot] == number) SetHead(near, nearBits, nearSlot, timer.Next);
            else if (far[farSlot] == number) SetHead(far, farBits, farSlot, timer.Next);
            else FindHead(number, timer.Next);
        }
        if (timer.Next != 0) At(timer.Next)->Previous = timer.Previous;
        timer.Next = 0;
        timer.Previous = 0;
        timer.Placed = 0;
    }

    private static void SetHead(uint* heads, ulong* bits, uint slot, uint number)
    {
        heads[slot] = number;
        if (number == 0) bits[slot >> 6] &= ~(1UL << (int)(slot & 63));
    }

    /// <summary>The clock wrapped to 0 under a placed timer: its slot is one of the first of either level.</summary>
    private void FindHead(uint number, uint next)
    {
        if (near[0] == number) SetHead(near, nearBits, 0, next);
        else if (far[0] == number) SetHead(far, farBits, 0, next);
        else Check.That(false);
    }
}
