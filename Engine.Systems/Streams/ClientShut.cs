using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Timers;

namespace Engine.Systems.Streams;

/// <summary>An HTTP client sent its FIN during an exchange.</summary>
public static class ClientShut
{
    /// <summary>How long the rest of an answer that is on its way may take, milliseconds; seen on the reference.</summary>
    private const uint RestMaxMs = 200;

    public static void Run(World world, uint row, ref Stream stream, ref Connection client)
    {
        // Nothing can follow this exchange, whatever was pipelined behind it is answered first.
        if (client.In.IsEmpty) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        bool bodyCut = !stream.Request.Done && client.In.IsEmpty;
        bool waiting = stream.State is StreamState.Queued or StreamState.Connecting or StreamState.Pausing
            or StreamState.AwaitingResponse;
        bool abandoned = waiting && AbortsOnClose(world, ref stream);
        if (bodyCut || abandoned)
        {
            ClientGone.Run(world, row, ref stream, mayListen: !bodyCut);
            return;
        }
        bool leaves = stream.State == StreamState.Relaying && !stream.Response.Done && stream.Timer.Due == 0;
        if (leaves && AbortsOnClose(world, ref stream)) SetTimeout.Stream(world, row, ref stream, RestMaxMs);
        ListStream.ToForward(world, row, ref stream);
    }

    /// <summary>The time is over: what is left of the answer goes nowhere, and its server may serve others.</summary>
    public static void TooLate(World world, uint row, ref Stream stream)
    {
        if (stream.Response.Done || (world.Connection[stream.Client].Flags & ConnectionFlags.PeerClosed) == 0) return;
        stream.Flags |= StreamFlags.ClientReset; // half an answer must not look whole
        ClientGone.Run(world, row, ref stream);
    }

    /// <summary><c>option abortonclose</c>, the default for HTTP: a closed client is not worth a server's work.</summary>
    private static bool AbortsOnClose(World world, ref Stream stream) =>
        stream.Backend >= 0
        && (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.AbortOnClose) != 0;
}
