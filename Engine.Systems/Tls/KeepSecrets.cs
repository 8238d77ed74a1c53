using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>Keeps the secrets of a connection for the samples about them (<c>tune.ssl.keylog</c>).</summary>
public static unsafe class KeepSecrets
{
    /// <summary>Key log function: a line is a label, the client's random and the secret.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Run(nint ssl, byte* line)
    {
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state == null || state->Secrets == null) return;
        ReadOnlySpan<byte> text = TlsText.Of(line);
        int label = text.IndexOf((byte)' ');
        int secret = text.LastIndexOf((byte)' ');
        if (label > 0 && KindOf(text[..label]) is { } kind) TlsSecrets.Keep(state->Secrets, kind, text[(secret + 1)..]);
    }

    private static TlsSecret? KindOf(ReadOnlySpan<byte> label)
    {
        if (label.SequenceEqual("CLIENT_EARLY_TRAFFIC_SECRET"u8)) return TlsSecret.ClientEarly;
        if (label.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8)) return TlsSecret.ClientHandshake;
        if (label.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8)) return TlsSecret.ServerHandshake;
        if (label.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8)) return TlsSecret.Client;
        if (label.SequenceEqual("SERVER_TRAFFIC_SECRET_0"u8)) return TlsSecret.Server;
        if (label.SequenceEqual("EXPORTER_SECRET"u8)) return TlsSecret.Exporter;
        return label.SequenceEqual("EARLY_EXPORTER_SECRET"u8) ? TlsSecret.EarlyExporter : null;
    }
}
