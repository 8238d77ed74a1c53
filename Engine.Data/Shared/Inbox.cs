using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Tables;

namespace Engine.Data.Shared;

/// <summary>
/// Messages to one thread from the others: a bounded ring with many writers and one reader. A writer claims a cell
/// by its ticket and publishes it by the cell's sequence number, so that no lock is ever held.
/// </summary>
public sealed unsafe class Inbox
{
    private readonly Cell* cells;
    private readonly uint mask;
    private readonly Cursor* writers;
    private readonly Cursor* reader;

    /// <param name="capacity">A power of two.</param>
    public Inbox(uint capacity)
    {
        Check.That(capacity >= 2 && (capacity & (capacity - 1)) == 0);
        mask = capacity - 1;
        cells = (Cell*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(Cell));
        writers = (Cursor*)NativeRegion.Reserve((nuint)sizeof(Cursor) * 2);
        reader = writers + 1;
    }

    public bool IsEmpty => Sequence(reader->Position) != reader->Position + 1;

    /// <summary>Adds a message; false when the ring is full.</summary>
    public bool TryPost(in ThreadMessage message)
    {
        while (true)
        {
            uint ticket = Volatile.Read(ref writers->Position);
            ref Cell cell = ref cells[ticket & mask];
            int distance = (int)(Sequence(ticket) - ticket);
            if (distance < 0) return false;
            if (distance > 0 || Interlocked.CompareExchange(ref writers->Position, ticket + 1, ticket) != ticket)
                continue;
            cell.Message = message;
            Volatile.Write(ref cell.Turn, ticket + 1 - (ticket & mask));
            return true;
        }
    }

    /// <summary>Takes the oldest message. Only the owner thread calls it.</summary>
    public bool TryTake(out ThreadMessage message)
    {
        uint position = reader->Position;
        ref Cell cell = ref cells[position & mask];
        if (Sequence(position) != position + 1)
        {
            Unsafe.SkipInit(out message);
            return false;
        }
        message = cell.Message;
        Volatile.Write(ref cell.Turn, position + mask + 1 - (position & mask));
        reader->Position = position + 1;
        return true;
    }

    /// <summary>The ticket that a position's cell is ready for, or one more when it holds its message.</summary>
    private uint Sequence(uint position) => Volatile.Read(ref cells[position & mask].Turn) + (position & mask);

    private struct Cell
    {
        /// <summary>Its sequence number less its place, so that fresh memory is an empty ring and is not touched.</summary>
        public uint Turn;
        public ThreadMessage Message;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 128)]
    private struct Cursor
    {
        public uint Position;
    }
}
