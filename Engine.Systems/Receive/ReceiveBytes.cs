using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Tls;

namespace Engine.Systems.Receive;

/// <summary>Appends received bytes to their connections' input and lists those connections for the parsers.</summary>
public static unsafe class ReceiveBytes
{
    private const int ENOBUFS = 105;
    private const int ECANCELED = 125;

    /// <summary>Pieces up to this size are copied together, so that a dribbling peer cannot hold a buffer a byte.</summary>
    private const int CoalesceMax = 1024;

    public static void Run(World world)
    {
        foreach (ref readonly Completion completion in world.Completions.Items)
        {
            if (completion.Owner.Kind == OperationKind.Receive) Take(world, completion);
        }
    }

    private static void Take(World world, in Completion completion)
    {
        uint row = completion.Owner.Row;
        if (!world.Connections.IsLive(row, completion.Owner.Generation))
        {
            if (!completion.Buffer.IsNone) world.Buffers.Return(completion.Buffer);
            return;
        }
        ref Connection connection = ref world.Connection[row];
        if ((completion.Flags & CompletionFlags.More) == 0)
        {
            connection.OperationsInFlight--;
            connection.Flags &= ~(ConnectionFlags.ReceiveArmed | ConnectionFlags.ReceiveRepeats
                | ConnectionFlags.ReceiveCancelled);
        }
        BufferRef buffer = completion.Buffer;
        if (connection.State == ConnectionState.Closing || completion.Result <= 0)
        {
            if (!buffer.IsNone) world.Buffers.Return(buffer);
            if (connection.State == ConnectionState.Closing)
            {
                CloseConnection.TryFree(world, row, ref connection);
                return;
            }
            if (completion.Result == -ENOBUFS)
            {
                world.Counters->BuffersExhausted++;
                ListConnection.Starved(world, row, ref connection); // armed again when there are buffers
                return;
            }
            End(ref connection, completion.Result);
            if ((connection.Flags & ConnectionFlags.Handshaking) != 0 && connection.State == ConnectionState.Open)
            {
                Handshake.Run(world, row, ref connection);
                return;
            }
            if ((connection.Flags & ConnectionFlags.Encrypted) != 0) ServeEarly.Stopped(world, row, ref connection);
        }
        else if ((connection.Flags & ConnectionFlags.Encrypted) != 0)
        {
            bool bulky = buffer.Class == BufferClass.Large;
            Append(world, ref connection, ref world.Tls!.States[row].Wire, buffer, completion.Result);
            OpenRecords.Received(world, row, ref connection, bulky);
            return;
        }
        else
        {
            CountHttp1.Received(world, connection, completion.Result);
            Append(world, ref connection, ref connection.In, buffer, completion.Result);
        }
        ListConnection.Received(world, row, ref connection);
    }

    private static void End(ref Connection connection, int result)
    {
        switch (result)
        {
            case 0:
                bool wasReset = (connection.Flags & ConnectionFlags.WasReset) != 0;
                connection.Flags |= wasReset ? ConnectionFlags.Broken : ConnectionFlags.PeerClosed;
                break;
            case -ECANCELED:
                break;
            default:
                connection.Flags |= ConnectionFlags.Broken;
                break;
        }
    }

    private static void Append(
        World world, ref Connection connection, ref BufferChain chain, BufferRef buffer, int count)
    {
        BufferSlab slab = world.Buffers;
        if (count >= BufferSlab.SmallSize) connection.Flags |= ConnectionFlags.Bulky;
        if (count >= SpliceBody.WorthBytes) connection.Flags |= ConnectionFlags.Torrent;
        if (count <= CoalesceMax && !chain.Tail.IsNone)
        {
            ref BufferSegment tail = ref slab.Segment(chain.Tail);
            int size = slab.SizeOf(chain.Tail);
            if (size - tail.End >= count)
            {
                Buffer.MemoryCopy(slab.Address(buffer), slab.Address(chain.Tail) + tail.End, count, count);
                tail.End += count;
                chain.Length += count;
                slab.Return(buffer);
                return;
            }
        }
        slab.Segment(buffer).Start = 0;
        slab.Segment(buffer).End = count;
        chain.Append(slab, buffer);
    }
}
