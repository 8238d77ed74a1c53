using System;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Http1;

namespace Engine.Systems.Http2;

/// <summary>
/// The WebSocket handshake that HTTP/1 asks for and HTTP/2 has none of (RFC 8441 section 5): the key with which the
/// request of an HTTP/2 client goes to a server, and the answer to it.
/// </summary>
public static unsafe class OwnHandshake
{
    public static ReadOnlySpan<byte> Key => "c2x1aWNlIGFza3MgdG9vLg=="u8;

    /// <summary>What RFC 6455 section 4.2.2 makes of the key.</summary>
    public static ReadOnlySpan<byte> Accept => "YP748MNLLtUSTsLCO6OUlRMbpiE="u8;

    /// <summary>Whether a 101 answers the key, where it was ours: a server that does not speaks no WebSocket.</summary>
    public static bool IsAnswered(World world, in Stream stream)
    {
        if ((world.Connection[stream.Client].Flags & ConnectionFlags.Http2Stream) == 0) return true;
        bool isOurs = (world.Http2.Stream[stream.Client].Flags & Http2StreamFlags.ExtendedConnect) != 0;
        if (!isOurs || (stream.Head->Flags & HeadFlags.WebSocket) == 0) return true;
        int accept = EditFields.Find(stream.Head, KnownHeader.SecWebSocketAccept);
        return accept >= 0 && MessageHead.FieldArray(stream.Head)[accept].ValueSpan.SequenceEqual(Accept);
    }
}
