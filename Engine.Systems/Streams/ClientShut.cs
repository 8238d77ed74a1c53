using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>An HTTP client sent its FIN during an exchange.</summary>
public static class ClientShut
{
    public static void Run(World world, uint row, ref Stream stream, ref Connection client)
    {
        // Nothing can follow this exchange, whatever was pipelined behind it is answered first.
        if (client.In.IsEmpty) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        bool bodyCut = !stream.Request.Done && client.In.IsEmpty;
        bool waiting = stream.State is StreamState.Queued or StreamState.Connecting or StreamState.Pausing
            or StreamState.AwaitingResponse;
        bool abandoned = waiting && AbortsOnClose(world, ref stream);
        if (bodyCut || abandoned) ClientGone.Run(world, row, ref stream);
        else ListStream.ToForward(world, row, ref stream);
    }

    /// <summary><c>option abortonclose</c>, the default for HTTP: a closed client is not worth a server's work.</summary>
    private static bool AbortsOnClose(World world, ref Stream stream) =>
        stream.Backend >= 0
        && (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.AbortOnClose) != 0;
}
