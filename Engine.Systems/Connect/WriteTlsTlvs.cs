using System;
using System.Buffers.Binary;
using Engine.Data.Configuration;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Connect;

/// <summary>
/// What a PROXY v2 header tells of the client's encryption: protocol and name that were agreed on, version, cipher and
/// certificates (PROXY protocol section 2.2). Numbers of TLVs are those of that section.
/// </summary>
internal static unsafe class WriteTlsTlvs
{
    private const byte Alpn = 0x01;
    private const byte Authority = 0x02;
    private const byte Ssl = 0x20;
    private const byte Version = 0x21;
    private const byte CommonName = 0x22;
    private const byte Cipher = 0x23;
    private const byte Signature = 0x24;
    private const byte Key = 0x25;

    private const byte IsEncrypted = 1;
    private const byte CertificateNow = 2;
    private const byte CertificateOnce = 4;

    private const int Head = 3;

    /// <summary>Client's flags, and what verification said.</summary>
    private const int SslHead = Head + 1 + sizeof(uint);

    private const int KeyRsa = 6;
    private const int KeyDsa = 116;
    private const int KeyEc = 408;

    /// <summary>What stands before the unique id. Answers where it ends; what does not fit is left out.</summary>
    public static int Names(ref Evaluation scope, ProxyHeaderTls wanted, Span<byte> space, int at)
    {
        if (scope.ClientTls == null) return at;
        at = Put(space, at, Alpn, AgreedProtocol.Of(ref *scope.ClientTls));
        return (wanted & ProxyHeaderTls.Authority) == 0 ? at
            : Put(space, at, Authority, TlsText.Of(OpenSsl.SslServerName(scope.ClientTls->Ssl, 0)));
    }

    /// <summary>The TLV of TLS with those in it, the last of the header.</summary>
    public static int Session(ref Evaluation scope, ProxyHeaderTls wanted, Span<byte> space, int at)
    {
        if ((wanted & ~ProxyHeaderTls.Authority) == 0 || space.Length - at < SslHead) return at;
        int end = at + SslHead;
        space[at..end].Clear();
        if (scope.ClientTls != null) end = Fill(ref scope, wanted, space[..], at, end);
        space[at] = Ssl;
        BinaryPrimitives.WriteUInt16BigEndian(space[(at + 1)..], (ushort)(end - at - Head));
        return end;
    }

    private static int Fill(ref Evaluation scope, ProxyHeaderTls wanted, Span<byte> space, int at, int end)
    {
        nint ssl = scope.ClientTls->Ssl;
        nint shown = OpenSsl.SslPeer(ssl);
        byte flags = IsEncrypted;
        if (shown != 0) flags |= CertificateOnce;
        if (shown != 0 && OpenSsl.SslIsReused(ssl) == 0) flags |= CertificateNow;
        space[at + Head] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(space[(at + Head + 1)..], (uint)OpenSsl.SslVerifyResult(ssl));
        end = Put(space, end, Version, TlsText.Of(OpenSsl.SslVersionName(ssl)));
        Sample name = default;
        if ((wanted & ProxyHeaderTls.CommonName) != 0 && shown != 0
            && DistinguishedName.ReadEntry(OpenSsl.CertificateSubject(shown), "CN"u8, 1, ref name))
        {
            end = Put(space, end, CommonName, name.Bytes.Span);
        }
        nint own = OpenSsl.SslCertificate(ssl);
        if ((wanted & ProxyHeaderTls.Key) != 0 && own != 0) end = PutKey(space, end, OpenSsl.CertificateKey(own));
        if ((wanted & ProxyHeaderTls.Signature) != 0 && own != 0)
            end = Put(space, end, Signature, TlsText.Of(OpenSsl.NidShortName(OpenSsl.CertificateSignature(own))));
        return (wanted & ProxyHeaderTls.Cipher) == 0 ? end
            : Put(space, end, Cipher, TlsText.Of(OpenSsl.CipherName(OpenSsl.SslCipher(ssl))));
    }

    /// <summary>Kind and bits: <c>RSA2048</c>, <c>EC256</c>, <c>DSA1024</c>.</summary>
    private static int PutKey(Span<byte> space, int at, nint key)
    {
        if (key == 0) return at;
        ReadOnlySpan<byte> kind = OpenSsl.KeyId(key) switch
        {
            KeyRsa => "RSA"u8,
            KeyEc => "EC"u8,
            KeyDsa => "DSA"u8,
            _ => default,
        };
        if (kind.IsEmpty) return at;
        Span<byte> text = stackalloc byte[16];
        kind.CopyTo(text);
        _ = OpenSsl.KeyBits(key).TryFormat(text[kind.Length..], out int digits, default, null);
        return Put(space, at, Key, text[..(kind.Length + digits)]);
    }

    private static int Put(Span<byte> space, int at, byte type, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length > space.Length - at - Head) return at;
        space[at] = type;
        BinaryPrimitives.WriteUInt16BigEndian(space[(at + 1)..], (ushort)value.Length);
        value.CopyTo(space[(at + Head)..]);
        return at + Head + value.Length;
    }
}
