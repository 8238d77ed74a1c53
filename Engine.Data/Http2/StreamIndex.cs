using System.Numerics;
using Engine.Data.Tables;

namespace Engine.Data.Http2;

/// <summary>Finds the row of a stream by its connection and number. One for all connections of a thread.</summary>
public sealed unsafe class StreamIndex
{
    private readonly uint* buckets;
    private readonly uint mask;
    private readonly Column<Http2Stream> streams;

    public StreamIndex(Column<Http2Stream> streams, uint capacity)
    {
        this.streams = streams;
        uint count = BitOperations.RoundUpToPowerOf2(capacity);
        mask = count - 1;
        // Row plus one, so that memory as it comes is an empty index.
        buckets = (uint*)NativeRegion.Reserve((nuint)count * sizeof(uint));
    }

    /// <summary>The row of a stream, or none.</summary>
    public uint Find(uint connection, uint id)
    {
        for (uint next = buckets[PlaceOf(connection, id)]; next != 0; next = streams[next - 1].HashNext)
        {
            ref Http2Stream stream = ref streams[next - 1];
            if (stream.Id == id && stream.Connection == connection) return next - 1;
        }
        return Table.NoRow;
    }

    public void Add(uint row)
    {
        ref Http2Stream stream = ref streams[row];
        ref uint bucket = ref buckets[PlaceOf(stream.Connection, stream.Id)];
        stream.HashNext = bucket;
        bucket = row + 1;
    }

    public void Remove(uint row)
    {
        ref Http2Stream stream = ref streams[row];
        ref uint link = ref buckets[PlaceOf(stream.Connection, stream.Id)];
        while (link != row + 1)
        {
            Check.That(link != 0);
            link = ref streams[link - 1].HashNext;
        }
        link = stream.HashNext;
    }

    // Numbers of one connection are two apart: neighbours stay neighbours and do not meet.
    private uint PlaceOf(uint connection, uint id) => ((connection * 0x9E37_79B1) + (id >> 1)) & mask;
}
