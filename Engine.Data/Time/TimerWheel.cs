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

    // A bit for each word of the above that is not 0: the wheel is asked at every tick.
    private uint nearWords;
    private uint farWords;

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
        if (nearWords != 0)
        {
            int left = (int)(now + Ahead(next & SlotMask) - nowMs);
            return left > 0 ? left : 0;
        }
        return farWords != 0 ? (int)(Slots - (now & SlotMask)) : -1; // the next cascade
    }

    /// <summary>Milliseconds from now to the first slot of the first level that holds something, from a slot on around.</summary>
    private uint Ahead(uint from)
    {
        int first = (int)(from >> 6);
        ulong word = nearBits[first] >> (int)(from & 63);
        if (word != 0) return (uint)BitOperations.TrailingZeroCount(word) + 1;
        // Words behind this one, then those from the beginning, at last the slots of this one before.
        uint behind = nearWords & ~((2u << first) - 1);
        int at = BitOperations.TrailingZeroCount(behind != 0 ? behind : nearWords);
        uint slot = ((uint)at << 6) + (uint)BitOperations.TrailingZeroCount(nearBits[at]);
        return ((slot - from) & SlotMask) + 1;
    }

    private bool HasAny() => (nearWords | farWords) != 0;

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
        SetHead(near, nearBits, ref nearWords, slot, 0);
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
        Mark(nearBits, ref nearWords, slot);
    }

    /// <summary>Spreads the second level's slot that begins now over the first level.</summary>
    private void Cascade(uint tick)
    {
        uint slot = (tick >> 10) & SlotMask;
        uint number = far[slot];
        SetHead(far, farBits, ref farWords, slot, 0);
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
        uint slot;
        if ((at & ~SlotMask) == ((from + 1) & ~SlotMask))
        {
            placed = at;
            heads = near;
            slot = at & SlotMask;
            Mark(nearBits, ref nearWords, slot);
        }
        else
        {
            uint block = at >> 10;
            uint last = (from >> 10) + Slots - 1;
            if (((block - (from >> 10)) & 0x3F_FFFF) >= Slots) block = last;
            placed = block << 10;
            heads = far;
            slot = block & SlotMask;
            Mark(farBits, ref farWords, slot);
        }
        if (placed == 0) placed = 1;
        timer.Placed = placed;
        timer.Previous = 0;
        timer.Next = heads[slot];
        if (timer.Next != 0) At(timer.Next)->Previous = number;
        heads[slot] = number;
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
            if (near[nearSlot] == number) SetHead(near, nearBits, ref nearWords, nearSlot, timer.Next);
            else if (far[farSlot] == number) SetHead(far, farBits, ref farWords, farSlot, timer.Next);
            else FindHead(number, timer.Next);
        }
        if (timer.Next != 0) At(timer.Next)->Previous = timer.Previous;
        timer.Next = 0;
        timer.Previous = 0;
        timer.Placed = 0;
    }

    private static void SetHead(uint* heads, ulong* bits, ref uint words, uint slot, uint number)
    {
        heads[slot] = number;
        if (number != 0) return;
        ulong left = bits[slot >> 6] &= ~(1UL << (int)(slot & 63));
        if (left == 0) words &= ~(1u << (int)(slot >> 6));
    }

    private static void Mark(ulong* bits, ref uint words, uint slot)
    {
        bits[slot >> 6] |= 1UL << (int)(slot & 63);
        words |= 1u << (int)(slot >> 6);
    }

    /// <summary>The clock wrapped to 0 under a placed timer: its slot is one of the first of either level.</summary>
    private void FindHead(uint number, uint next)
    {
        if (near[0] == number) SetHead(near, nearBits, ref nearWords, 0, next);
        else if (far[0] == number) SetHead(far, farBits, ref farWords, 0, next);
        else Check.That(false);
    }
}
