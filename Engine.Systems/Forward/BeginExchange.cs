using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Logs;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Forward;

/// <summary>The server connection is there: the request goes onto it and its answer is awaited.</summary>
public static unsafe class BeginExchange
{
    public static void Run(World world, uint row, ref Stream stream, ref Connection server)
    {
        ref ServerLink link = ref world.Link[stream.Server];
        link.Uses++;
        CountHttp1.ExchangeBegun(world, server);
        world.Log[row].ServerStreamNumber = (server.Flags & ConnectionFlags.Http2Stream) != 0
            ? world.Http2.Stream[stream.Server].Id
            : link.Uses - 1;
        if (((server.Flags | world.Connection[stream.Client].Flags) & ConnectionFlags.Encrypted) != 0)
            stream.Flags |= StreamFlags.NoSplice;
        stream.State = StreamState.AwaitingResponse;
        if ((stream.Flags & StreamFlags.Tcp) == 0)
        {
            bool sent = stream.Retained.IsNone
                ? SerialiseRequest.Run(world, row, ref stream, ref server)
                : SendRetained(world, ref stream, ref server);
            if (!sent) return;
            ListConnection.ToSend(world, stream.Server, ref server);
            LogStream.Step(world, row, ref stream, LogOrigin.Connect);
        }
        else
        {
            LogStream.Early(world, row, ref stream);
            if (StreamTimeouts.Tunnel(world, ref stream) != 0)
                ExchangeTimeouts.Progressed(ref world.Connection[stream.Client]); // it replaces that of the client
            if (world.Configuration.StoredKeysSize > 0) ApplyStickRules.OfConnection(world, row, in stream);
        }
        stream.Flags |= StreamFlags.RequestStarted;
        ArmReceive.Answer(world, stream.Server, ref server);
        ListStream.ToForward(world, row, ref stream);
    }

    /// <summary>The second sending of a request that went down with a stale connection.</summary>
    private static bool SendRetained(World world, ref Stream stream, ref Connection server)
    {
        BufferRef kept = stream.Retained;
        stream.Retained = BufferRef.None;
        server.Out.Append(world.Buffers, kept);
        return true;
    }
}
