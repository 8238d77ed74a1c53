using System;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>What both sides of a connection agreed to speak, by ALPN (RFC 7301) or by what was before it, NPN.</summary>
public static unsafe class AgreedProtocol
{
    public static bool IsHttp2(ref TlsState state) => Of(ref state).SequenceEqual("h2"u8);

    public static bool IsThere(ref TlsState state) => !Of(ref state).IsEmpty;

    /// <summary>The protocol's name as registered; empty when none was agreed on.</summary>
    public static ReadOnlySpan<byte> Of(ref TlsState state)
    {
        byte* name;
        uint length;
        if (state.Ssl == 0) return default;
        OpenSsl.SslAlpn(state.Ssl, &name, &length);
        if (length == 0 && OpenSslObjects.SslNextProtocol != null) OpenSslObjects.SslNextProtocol(state.Ssl, &name, &length);
        return new ReadOnlySpan<byte>(name, (int)length);
    }
}
