using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tls;

namespace Engine.Systems.Connect;

/// <summary><c>ws</c> (manual section 5.2): the protocol over which a server gets WebSockets, whatever else it gets.</summary>
internal static unsafe class WebSocketProtocol
{
    /// <summary>What a stream asks of its connection; unset: whatever the server speaks.</summary>
    public static WireProtocol Wanted(in Stream stream, Server server)
    {
        if (server.WebSockets == WireProtocol.Unset || (stream.Flags & StreamFlags.AsksUpgrade) == 0) return WireProtocol.Unset;
        bool isWebSocket = stream.Head != null && (stream.Head->Flags & HeadFlags.WebSocket) != 0;
        return isWebSocket ? server.WebSockets : WireProtocol.Unset;
    }

    /// <summary>Nothing else is offered on the encrypted connection.</summary>
    public static void Offer(nint ssl, WireProtocol wanted)
    {
        if (wanted == WireProtocol.Unset) return;
        ReadOnlySpan<byte> name = wanted == WireProtocol.Http2 ? "\x02h2"u8 : "\x08http/1.1"u8;
        fixed (byte* start = name) _ = OpenSsl.SslSetAlpn(ssl, start, (uint)name.Length);
    }
}
