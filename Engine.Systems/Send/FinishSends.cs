using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http2;
using Engine.Systems.Streams;
using Engine.Systems.Timers;
using Engine.Systems.Tls;

namespace Engine.Systems.Send;

/// <summary>Takes what was sent out of the outputs and lets the streams that waited for it go on.</summary>
public static class FinishSends
{
    private const int EAGAIN = 11;
    private const int EPIPE = 32;

    public static void Run(World world)
    {
        foreach (ref readonly Completion completion in world.Completions.Items)
        {
            if (completion.Owner.Kind is OperationKind.Send or OperationKind.SendVector) Finish(world, completion);
        }
    }

    private static void Finish(World world, in Completion completion)
    {
        uint row = completion.Owner.Row;
        if (!world.Connections.IsLive(row, completion.Owner.Generation)) return;
        ref Connection connection = ref world.Connection[row];
        connection.OperationsInFlight--;
        connection.Flags &= ~ConnectionFlags.SendInFlight;
        if (connection.State == ConnectionState.Closing)
        {
            CloseConnection.TryFree(world, row, ref connection);
            return;
        }
        if (completion.Result >= 0) Sent(world, row, ref connection, completion.Result);
        else if (completion.Result == -EAGAIN) Blocked(world, row, ref connection);
        else Failed(world, row, ref connection, completion.Result);
    }

    internal static void Blocked(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) return; // window or room calls it
        connection.Flags |= ConnectionFlags.SendBlocked;
        if (connection.Stream == Table.NoRow || world.Stream[connection.Stream].Retained.IsNone)
            ShrinkOutput.Run(world.Buffers, ref connection.Out);
        ListConnection.ToSend(world, row, ref connection);
    }

    private static unsafe void Sent(World world, uint row, ref Connection connection, int count)
    {
        world.Counters->BytesOut += (ulong)count;
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0 && !SealRecords.Sent(world, row, ref connection, ref count)) return;
        CountHttp1.Sent(world, connection, count);
        uint number = connection.Stream;
        if (number != Table.NoRow)
        {
            CountBytes.Sent(world, number, connection, count);
            KeepRetained(world, ref world.Stream[number], ref connection, ref count);
        }
        connection.Out.Consume(world.Buffers, count);
        if (number == Table.NoRow && (connection.Flags & ConnectionFlags.Http2) != 0)
            RoomAppeared.Run(world, row, ref connection);
        After(world, row, ref connection, count);
    }

    /// <summary>Output of a connection was taken: what waited for it goes on.</summary>
    internal static void After(World world, uint row, ref Connection connection, int count)
    {
        uint number = connection.Stream;
        if (!connection.Out.IsEmpty)
        {
            bool encrypted = (connection.Flags & ConnectionFlags.Encrypted) != 0;
            if (encrypted) ListConnection.ToSend(world, row, ref connection); // the next batch of records
            else Blocked(world, row, ref connection);
            if (number == Table.NoRow)
            {
                if ((connection.Flags & ConnectionFlags.CloseWhenSent) != 0) GiveTime(world, row, ref connection);
                return;
            }
            if (count > 0) ExchangeTimeouts.Progressed(ref connection);
            ListStream.ToForward(world, number, ref world.Stream[number]);
            return;
        }
        connection.Flags &= ~ConnectionFlags.SendBlocked;
        const ConnectionFlags after =
            ConnectionFlags.CloseWhenSent | ConnectionFlags.ShutWhenSent | ConnectionFlags.SendsFromPipe;
        if ((connection.Flags & after) != 0) ListConnection.ToSend(world, row, ref connection);
        if (number != Table.NoRow) GoOn(world, number, ref world.Stream[number], ref connection);
    }

    /// <summary>A client whose exchange is over goes on taking what was left of it.</summary>
    private static void GiveTime(World world, uint row, ref Connection client)
    {
        int frontend = world.Configuration.Listeners[client.Owner].Frontend;
        SetTimeout.Connection(world, row, ref client, world.Configuration.Proxies[frontend].Timeouts.ClientMs);
    }

    /// <summary>The usual ends are noticed here, so that a keep-alive client's next request finds its stream gone.</summary>
    internal static void GoOn(World world, uint number, ref Stream stream, ref Connection connection)
    {
        bool serverSide = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if (serverSide && stream.Request.Done && (stream.Flags & StreamFlags.Tunnel) == 0
            && stream.State == StreamState.AwaitingResponse)
        {
            return; // the timeout was set when the request was moved
        }
        bool over = !serverSide && stream.Response.Done && stream.Literal.IsEmpty
            && (stream.Flags & StreamFlags.Tunnel) == 0
            && (stream.State == StreamState.Answering || IsExchanged(world, ref stream));
        if (over)
        {
            ListStream.ToEnd(world, number, ref stream);
            return;
        }
        ExchangeTimeouts.Progressed(ref connection);
        ListStream.ToForward(world, number, ref stream);
    }

    private static bool IsExchanged(World world, ref Stream stream) =>
        stream.State == StreamState.Relaying && stream.Request.Done
        && (stream.Server == Table.NoRow || ForwardBodies.HasSentAll(world.Connection[stream.Server]));

    /// <summary>A request that may have to be sent again stays lent when it is wholly sent.</summary>
    private static void KeepRetained(World world, ref Stream stream, ref Connection connection, ref int count)
    {
        if (stream.Retained.IsNone || connection.Out.Head != stream.Retained) return;
        ref BufferSegment segment = ref world.Buffers.Segment(stream.Retained);
        if (count < segment.Length) return;
        count -= segment.Length;
        connection.Out.TakeHead(world.Buffers);
    }

    /// <summary>Takes a head out of an output; one that may have to be sent again stays lent.</summary>
    internal static void TakeHead(World world, ref Connection connection, int length)
    {
        uint number = connection.Stream;
        if (number != Table.NoRow) KeepRetained(world, ref world.Stream[number], ref connection, ref length);
        connection.Out.Consume(world.Buffers, length);
    }

    /// <summary>Throws an output away that nobody will take.</summary>
    internal static void Drop(World world, uint row, ref Connection connection)
    {
        uint number = connection.Stream;
        if (number != Table.NoRow) DropOutput(world, ref world.Stream[number], ref connection);
        else connection.Out.Clear(world.Buffers);
    }

    /// <summary>A server may have answered and closed before it read all: its side is still listened to.</summary>
    internal static void Failed(World world, uint row, ref Connection connection, int result)
    {
        if (result != -EPIPE) connection.Flags |= ConnectionFlags.WasReset;
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0) SealRecords.Drop(world, row);
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
        {
            uint number = connection.Stream;
            if (number != Table.NoRow)
            {
                NoteRefusal(world, number, ref world.Stream[number], in connection);
                DropOutput(world, ref world.Stream[number], ref connection);
            }
            else
            {
                connection.Out.Clear(world.Buffers);
            }
            bool isHttp2 = (connection.Flags & ConnectionFlags.Http2) != 0;
            connection.Flags |= isHttp2 ? ConnectionFlags.Broken : ConnectionFlags.SendShut;
        }
        else
        {
            connection.Flags |= ConnectionFlags.Broken;
            connection.Out.Clear(world.Buffers);
        }
        ListConnection.Received(world, row, ref connection);
    }

    /// <summary>A server that ended its side of a tunnel takes no more: it is told as one that broke off.</summary>
    private static unsafe void NoteRefusal(World world, uint number, ref Stream stream, in Connection server)
    {
        bool ended = (stream.Flags & StreamFlags.Tunnel) != 0 && (server.Flags & ConnectionFlags.PeerClosed) != 0;
        if (!ended || world.Log[number].EndCause != (byte)'-') return;
        FailStream.SetEnd(ref world.Log[number], 'S', 'D');
        world.ProxyCounters[stream.Backend].ServerAborts++;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].ServerAborts++;
    }

    private static void DropOutput(World world, ref Stream stream, ref Connection connection)
    {
        if (connection.Out.Head == stream.Retained && !stream.Retained.IsNone) connection.Out.TakeHead(world.Buffers);
        connection.Out.Clear(world.Buffers);
    }
}
