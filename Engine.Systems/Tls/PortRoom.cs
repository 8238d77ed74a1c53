using System;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;

namespace Engine.Systems.Tls;

/// <summary>
/// Loads the thread's port for a call into the library, and takes what the call left there.
/// </summary>
internal static unsafe class PortRoom
{
    /// <summary>The records received become the port's input.</summary>
    public static void LoadInput(World world, TlsThread tls, ref TlsState state)
    {
        TlsPort* port = tls.Port;
        port->InputAt = 0;
        port->Taken = 0;
        int count = 0;
        for (BufferRef buffer = state.Wire.Head; !buffer.IsNone && count < TlsPort.PiecesMax; count++)
        {
            ref BufferSegment segment = ref world.Buffers.Segment(buffer);
            port->Input[count].Base = world.Buffers.Address(buffer) + segment.Start;
            port->Input[count].Length = (nuint)segment.Length;
            buffer = segment.Next;
        }
        port->InputCount = count;
    }

    /// <summary>What the library read leaves the records received.</summary>
    public static void TakeInput(World world, TlsThread tls, ref TlsState state)
    {
        TlsPort* port = tls.Port;
        if (port->Taken > 0) state.Wire.Consume(world.Buffers, port->Taken);
        port->InputCount = 0;
        port->InputAt = 0;
        port->Taken = 0;
    }

    /// <summary>No room: the library is told to come again if it wants to write.</summary>
    public static void Close(TlsThread tls)
    {
        tls.Port->RoomCount = 0;
        tls.Port->RoomAt = 0;
        tls.RoomBufferCount = 0;
    }

    /// <summary>
    /// Makes room for so many bytes of records behind those that wait, in buffers of a class that suits them.
    /// False when
    /// the slab has no buffer.
    /// </summary>
    public static bool Open(World world, TlsThread tls, ref TlsState state, int bytes)
    {
        BufferSlab slab = world.Buffers;
        Close(tls);
        if (!state.Sealed.Tail.IsNone)
        {
            ref BufferSegment tail = ref slab.Segment(state.Sealed.Tail);
            int left = slab.SizeOf(state.Sealed.Tail) - tail.End;
            if (left > 0) Add(tls, slab.Address(state.Sealed.Tail) + tail.End, left);
            bytes -= left;
        }
        while (bytes > 0 && tls.RoomBufferCount < TlsPort.PiecesMax - 2)
        {
            BufferRef buffer = TakeFitting(slab, bytes);
            if (buffer.IsNone) break;
            tls.RoomBuffers[tls.RoomBufferCount++] = buffer;
            Add(tls, slab.Address(buffer), slab.SizeOf(buffer));
            bytes -= slab.SizeOf(buffer);
        }
        if (bytes <= 0) return true;
        ReturnRoom(world, tls, 0);
        Close(tls);
        return false;
    }

    /// <summary>What the library wrote joins the records that wait; unused buffers go back.</summary>
    public static void TakeRoom(World world, TlsThread tls, ref TlsState state)
    {
        BufferSlab slab = world.Buffers;
        TlsPort* port = tls.Port;
        if (port->RoomCount == 0) return;
        int first = port->RoomCount - tls.RoomBufferCount; // 1 when the tail had room
        if (first > 0)
        {
            ref BufferSegment tail = ref slab.Segment(state.Sealed.Tail);
            int end = (int)((byte*)port->Room[0].Base - slab.Address(state.Sealed.Tail));
            state.Sealed.Length += end - tail.End;
            tail.End = end;
        }
        int used = 0;
        for (; used < tls.RoomBufferCount; used++)
        {
            BufferRef buffer = tls.RoomBuffers[used];
            int length = (int)((byte*)port->Room[first + used].Base - slab.Address(buffer));
            if (length == 0) break;
            slab.Segment(buffer).Start = 0;
            slab.Segment(buffer).End = length;
            state.Sealed.Append(slab, buffer);
        }
        ReturnRoom(world, tls, used);
        Close(tls);
    }

    private static void ReturnRoom(World world, TlsThread tls, int from)
    {
        for (int i = from; i < tls.RoomBufferCount; i++) world.Buffers.Return(tls.RoomBuffers[i]);
    }

    private static BufferRef TakeFitting(BufferSlab slab, int bytes)
    {
        BufferClass kind = bytes <= BufferSlab.SmallSize ? BufferClass.Small
            : bytes <= slab.SizeOf(BufferClass.Standard) * 2 ? BufferClass.Standard
            : BufferClass.Large;
        BufferRef buffer = slab.Take(kind);
        if (buffer.IsNone && kind == BufferClass.Large) buffer = slab.Take(BufferClass.Standard);
        if (buffer.IsNone && kind != BufferClass.Small) buffer = slab.Take(BufferClass.Small);
        return buffer;
    }

    private static void Add(TlsThread tls, byte* start, int length)
    {
        TlsPort* port = tls.Port;
        Check.That(port->RoomCount < TlsPort.PiecesMax);
        port->Room[port->RoomCount].Base = start;
        port->Room[port->RoomCount++].Length = (nuint)length;
    }
}
