using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;
using Engine.Systems.Samples;

namespace Engine.Systems.Tls;

/// <summary>
/// Keeps the lists of a client's hello for the samples about it (<c>tune.ssl.capture-buffer-size</c>). The library shows
/// its messages here: of a hello that it has read it keeps only the extensions it knows.
/// </summary>
public static unsafe class CaptureHello
{
    private const int Handshake = 22;
    private const int ClientHello = 1;
    private const int GroupsExtension = 10;
    private const int PointFormatsExtension = 11;
    private const int SignaturesExtension = 13;
    private const int VersionsExtension = 43;

    /// <summary>Message function, called for every message received or sent.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Run(
        int isSent, int version, int kind, byte* message, nuint length, nint ssl, nint argument)
    {
        if (isSent != 0 || kind != Handshake || length == 0 || message[0] != ClientHello) return;
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state != null && state->Hello != null && length <= int.MaxValue)
            Keep(state->Hello, new ReadOnlySpan<byte>(message, (int)length));
    }

    private static void Keep(TlsHello* kept, ReadOnlySpan<byte> message)
    {
        HelloReader hello = HelloReader.OfMessage(message);
        if (hello.IsInvalid) return;
        TlsHello.Clear(kept); // the second hello of a handshake is the one that counts
        kept->Version = (ushort)hello.Version;
        kept->CipherHash = XxHash64.HashToUInt64(hello.Ciphers);
        kept->Ciphers = TlsHello.Add(kept, hello.Ciphers);
        kept->Extensions = KeepNumbers(kept, hello.Extensions);
        if (hello.TryExtension(GroupsExtension, out ReadOnlySpan<byte> list))
            kept->Groups = TlsHello.Add(kept, Long(list));
        if (hello.TryExtension(PointFormatsExtension, out list)) kept->PointFormats = TlsHello.Add(kept, Short(list));
        if (hello.TryExtension(VersionsExtension, out list)) kept->Versions = TlsHello.Add(kept, Short(list));
        if (hello.TryExtension(SignaturesExtension, out list)) kept->Signatures = TlsHello.Add(kept, Long(list));
    }

    /// <summary>An empty extension at the very end is left out, as the fingerprints of the reference leave it out.</summary>
    private static TlsHelloPart KeepNumbers(TlsHello* kept, ReadOnlySpan<byte> extensions)
    {
        TlsHelloPart numbers = TlsHello.Add(kept, default);
        while (extensions.Length > 4 && kept->Capacity - kept->Used >= 2)
        {
            numbers.Length += TlsHello.Add(kept, extensions[..2]).Length;
            int length = BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]);
            if (length > extensions.Length - 4) break;
            extensions = extensions[(4 + length)..];
        }
        return numbers;
    }

    /// <summary>A list with its length in two bytes before it.</summary>
    private static ReadOnlySpan<byte> Long(ReadOnlySpan<byte> content)
    {
        int length = content.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(content);
        return length > 0 && length <= content.Length - 2 ? content.Slice(2, length) : default;
    }

    /// <summary>A list with its length in one byte before it.</summary>
    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> content)
    {
        int length = content.IsEmpty ? 0 : content[0];
        return length > 0 && length <= content.Length - 1 ? content.Slice(1, length) : default;
    }
}
