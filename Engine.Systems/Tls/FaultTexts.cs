using System;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>How a handshake's fault is told.</summary>
internal static class FaultTexts
{
    /// <summary>The texts that <c>fc_err_str</c> answers (manual section 7.3.3).</summary>
    public static ReadOnlySpan<byte> TextOf(TlsFault fault) =>
        fault switch
        {
            TlsFault.Closed => "Connection closed during SSL handshake"u8,
            TlsFault.Aborted => "Connection error during SSL handshake"u8,
            TlsFault.TimedOut => "Timeout during SSL handshake"u8,
            TlsFault.NoMemory => "Out of memory when initializing an SSL connection"u8,
            TlsFault.AuthorityRefused => "SSL client CA chain cannot be verified"u8,
            TlsFault.CertificateRefused => "SSL client certificate not trusted"u8,
            TlsFault.NameMismatch => "Server presented an SSL certificate different from the expected one"u8,
            TlsFault.Handshake => "SSL handshake failure"u8,
            _ => "Success"u8,
        };

    /// <summary>The names that <c>fc_err_name</c> answers.</summary>
    public static ReadOnlySpan<byte> NameOf(TlsFault fault) =>
        fault switch
        {
            TlsFault.Closed => "SSL_EMPTY"u8,
            TlsFault.Aborted => "SSL_ABORT"u8,
            TlsFault.TimedOut => "SSL_TIMEOUT"u8,
            TlsFault.NoMemory => "SSL_NO_MEM"u8,
            TlsFault.AuthorityRefused => "SSL_CA_FAIL"u8,
            TlsFault.CertificateRefused => "SSL_CRT_FAIL"u8,
            TlsFault.NameMismatch => "SSL_MISMATCH_SNI"u8,
            TlsFault.Handshake => "SSL_HANDSHAKE"u8,
            _ => ""u8,
        };
}
