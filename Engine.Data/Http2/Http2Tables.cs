using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Tables;

namespace Engine.Data.Http2;

/// <summary>What a thread has for HTTP/2: columns beside the connections, memory that connections lend, scratch.</summary>
public sealed unsafe class Http2Tables
{
    /// <summary>Largest frame that is taken: what is announced, and its header.</summary>
    public const int FrameMax = FrameHeader.PayloadMax + FrameHeader.Size;

    /// <summary>By connection row: connections that speak HTTP/2.</summary>
    public readonly Column<Http2Connection> Connection;

    /// <summary>By connection row: streams.</summary>
    public readonly Column<Http2Stream> Stream;

    public readonly StreamIndex Index;

    /// <summary>Connections in the lists of a tick that do not speak HTTP/2, while the others are read.</summary>
    public readonly RowList Others;

    /// <summary>Those that do.</summary>
    public readonly RowList Own;

    /// <summary>By connection row: what a WebSocket client expects in return for its key.</summary>
    public readonly Column<WebSocketAccept> Accepts;

    /// <summary>By connection row: what it asked to be turned to.</summary>
    public readonly Column<UpgradeName> Upgrades;

    /// <summary>By server: the first of its connections with room for streams, plus one.</summary>
    public readonly Column<uint> Servers;

    /// <summary>A frame that did not arrive in one piece.</summary>
    public readonly byte* Frame;

    /// <summary>Where a decoder puts the strings of a field.</summary>
    public readonly byte* Strings;
    public readonly int StringsSize;

    /// <summary>A head in HTTP/1's form while it is put together, and what belongs elsewhere in it.</summary>
    public readonly byte* Text;
    public readonly byte* Aside;
    public readonly int TextSize;

    /// <summary>A header block while it is written.</summary>
    public readonly byte* Block;
    public readonly int BlockSize;

    private readonly Table slots;
    private readonly byte* slotMemory;
    private readonly int slotSize;
    private readonly int tableSize;

    public Http2Tables(CompiledConfiguration configuration, uint connections)
    {
        Globals globals = configuration.Globals;
        Connection = new Column<Http2Connection>(connections);
        Stream = new Column<Http2Stream>(connections);
        Index = new StreamIndex(Stream, connections);
        Others = new RowList(connections);
        Own = new RowList(connections);
        Accepts = new Column<WebSocketAccept>(connections);
        Upgrades = new Column<UpgradeName>(connections);
        Servers = new Column<uint>((uint)configuration.ServerRows + 1);
        Frame = (byte*)NativeRegion.Reserve(FrameMax);
        TextSize = Math.Max(globals.BufferSize, FrameHeader.PayloadMax);
        // A block holds at most a frame or a buffer of Huffman codes of five bits.
        StringsSize = TextSize * 2 + globals.Http2.HeaderTableSize;
        Strings = (byte*)NativeRegion.Reserve((nuint)StringsSize);
        Text = (byte*)NativeRegion.Reserve((nuint)TextSize);
        Aside = (byte*)NativeRegion.Reserve((nuint)TextSize);
        BlockSize = globals.BufferSize * 2;
        Block = (byte*)NativeRegion.Reserve((nuint)BlockSize);
        slots = new Table(connections);
        tableSize = globals.Http2.HeaderTableSize;
        slotSize = (HpackTable.MemoryFor(tableSize) + NativeRegion.CacheLine - 1) & ~(NativeRegion.CacheLine - 1);
        slotMemory = (byte*)NativeRegion.Reserve((nuint)slotSize * connections);
    }

    /// <summary>Connections that speak HTTP/2 now.</summary>
    public uint Count => slots.Count;

    /// <summary>An empty record for a connection. False when there is no more room.</summary>
    public bool TryOpen(uint row)
    {
        uint slot = slots.Take();
        if (slot == Table.NoRow) return false;
        ref Http2Connection connection = ref Connection[row];
        connection = default;
        connection.TableSlot = slot;
        connection.Table = HpackTable.In(slotMemory + (nuint)slot * (nuint)slotSize, tableSize);
        connection.FirstStream = Table.NoRow;
        connection.LastStream = Table.NoRow;
        connection.FirstBlocked = Table.NoRow;
        connection.LastBlocked = Table.NoRow;
        connection.ServerNext = Table.NoRow;
        connection.ServerPrevious = Table.NoRow;
        return true;
    }

    /// <summary>The connection is over.</summary>
    public void Close(uint row) => slots.Free(Connection[row].TableSlot);
}
