using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Logs;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Queue;
using Engine.Systems.Streams;

namespace Engine.Systems.Forward;

/// <summary>
/// A server with <c>maxconn</c> has said all of its answer and the client still takes it: connection and slot go to the
/// next request, however slow the client is. Without a limit nobody waits for either, and they stay for the log line.
/// </summary>
internal static class FinishServer
{
    /// <summary>True when the stream has no server any more.</summary>
    public static bool TryRun(World world, uint row, ref Stream stream, in Connection server)
    {
        if (!stream.Response.Done || !stream.Request.Done || stream.State != StreamState.Relaying) return false;
        if ((stream.Flags & StreamFlags.Tunnel) != 0 || !ForwardBodies.HasSentAll(server)) return false;
        const ConnectionFlags held = ConnectionFlags.SplicesIn | ConnectionFlags.SplicesOut;
        if ((server.Flags & held) != 0 || !ServerSlots.HasLimit(world.Shared, stream.ServerNumber)) return false;
        if (IsLogged(world, stream)) return false;
        PartServer.Run(world, row, ref stream);
        stream.Flags |= StreamFlags.LeftServer;
        world.Pools[(uint)stream.ServerNumber].Left++;
        return true;
    }

    /// <summary>The line about the stream may tell something of the connection.</summary>
    private static bool IsLogged(World world, in Stream stream)
    {
        if (world.Configuration.Globals.ReadsServerSource) return true;
        if ((stream.Flags & StreamFlags.LogDue) == 0) return false;
        Proxy frontend = world.Configuration.Proxies[stream.Frontend];
        if (frontend.LogFormat is { HasSamples: true } || frontend.StructuredData is { HasSamples: true }) return true;
        foreach (LogTarget target in frontend.LogTargets)
            if (target.Profile is not null) return true;
        return false;
    }
}
