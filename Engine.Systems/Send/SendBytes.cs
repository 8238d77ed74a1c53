using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Profiling;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http2;
using Engine.Systems.Tls;

namespace Engine.Systems.Send;

/// <summary>Hands the output of connections to the kernel, one gathered send a connection.</summary>
public static unsafe class SendBytes
{
    /// <summary>Buffers in one send at most.</summary>
    private const uint VectorsMax = 16;

    public static void Run(World world)
    {
        RowList list = world.ToSend;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Connection connection = ref world.Connection[row];
            connection.Flags &= ~ConnectionFlags.ListedSend;
            world.Profile.Begin(WorkKind.SendBytes, list, row);
            Look(world, row, ref connection);
            world.Profile.End();
        }
        list.Clear();
    }

    private static void Look(World world, uint row, ref Connection connection)
    {
        if (connection.State == ConnectionState.Closing) CloseConnection.TryFree(world, row, ref connection);
        if (connection.State != ConnectionState.Open) return;
        if ((connection.Flags & (ConnectionFlags.SendInFlight | ConnectionFlags.Http2Stream)) != 0)
        {
            if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) MuxStream.Run(world, row, ref connection);
            return;
        }
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0) SealRecords.Send(world, row, ref connection);
        else if (!connection.Out.IsEmpty)
            Send(world, row, ref connection, connection.Out, IsLast(world, ref connection));
        else if ((connection.Flags & ConnectionFlags.SendsFromPipe) != 0) SpliceBody.Send(world, row, ref connection);
        else AfterLast(world, row, ref connection);
    }

    /// <summary>Everything was sent: what was to follow it follows.</summary>
    internal static void AfterLast(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Check) != 0) CloseConnection.Run(world, row);
        else if ((connection.Flags & ConnectionFlags.CloseWhenSent) != 0) LingerClose.Run(world, row, ref connection);
        else if ((connection.Flags & ConnectionFlags.ShutWhenSent) != 0) ShutSend.Run(world, row, ref connection);
    }

    /// <summary>The close that follows at once takes the bytes with it: one segment carries them and the FIN.</summary>
    internal static bool IsLast(World world, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.CloseWhenSent) != 0) return true;
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0 || connection.Stream == Table.NoRow) return false;
        ref Stream stream = ref world.Stream[connection.Stream];
        const StreamFlags other = StreamFlags.ClientKeepAlive | StreamFlags.Tunnel;
        return (stream.Flags & other) == 0 && stream.Request.Done && stream.Response.Done && stream.Literal.IsEmpty
            && stream.State is (StreamState.Relaying or StreamState.Answering);
    }

    /// <summary>One send of a chain, the plain output or its records; what follows it is the close when it is the last.</summary>
    internal static void Send(World world, uint row, ref Connection connection, in BufferChain chain, bool isLast)
    {
        BufferSlab slab = world.Buffers;
        ref Operation operation = ref world.Operations.Add();
        operation.Fd = connection.Fd;
        if ((connection.Flags & ConnectionFlags.SendBlocked) != 0) operation.Flags |= OperationFlags.Wait;
        else if (isLast) operation.Flags |= OperationFlags.More;
        ref BufferSegment first = ref slab.Segment(chain.Head);
        IoVector* vectors = first.Next.IsNone ? null : world.Vectors.TryTake(VectorsMax);
        if (vectors == null)
        {
            operation.Kind = OperationKind.Send;
            operation.Data = slab.Address(chain.Head) + first.Start;
            operation.Length = (uint)first.Length;
        }
        else
        {
            operation.Kind = OperationKind.SendVector;
            operation.Data = vectors;
            uint count = 0;
            for (BufferRef buffer = chain.Head; !buffer.IsNone && count < VectorsMax; count++)
            {
                ref BufferSegment segment = ref slab.Segment(buffer);
                vectors[count].Base = slab.Address(buffer) + segment.Start;
                vectors[count].Length = (nuint)segment.Length;
                buffer = segment.Next;
            }
            operation.Length = count;
        }
        operation.Owner = new OperationOwner(operation.Kind, row, world.Connections.Generation(row));
        connection.OperationsInFlight++;
        connection.Flags |= ConnectionFlags.SendInFlight;
    }
}
