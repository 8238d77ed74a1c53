using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Makes a certificate for a host name, signed by an authority whose key is at hand (manual section 5.1,
/// <c>generate-certificates</c>).
/// </summary>
internal static unsafe class ForgeCertificate
{
    private const int Version3 = 2;

    /// <summary>Valid from a day ago, for clocks that are slow, for a year; seconds.</summary>
    private const int BeginSeconds = -24 * 3600;

    private const int EndSeconds = 365 * 24 * 3600;

    /// <summary>RFC 5280 appendix A.1, ub-common-name: longer names are alternative names only.</summary>
    private const int CommonNameMax = 64;

    /// <summary>MBSTRING_ASC: the name is of ASCII characters.</summary>
    private const int Ascii = 0x1001;

    private static readonly (string Word, string Value)[] Extensions =
    [
        ("basicConstraints", "CA:FALSE"),
        ("nsComment", "\"OpenSSL Generated Certificate\""),
        ("subjectKeyIdentifier", "hash"),
        ("authorityKeyIdentifier", "keyid,issuer:always"),
        ("keyUsage", "nonRepudiation,digitalSignature,keyEncipherment"),
    ];

    /// <summary>
    /// Letters, digits, hyphens and dots: all else could mean something to the library's reader of extensions.
    /// </summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (byte c in name)
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'-' or (byte)'.')) return false;
        return !name.IsEmpty;
    }

    /// <summary>The certificate, held once; 0 when the library refuses a part of it.</summary>
    /// <param name="name">One that <see cref="IsName"/> takes.</param>
    /// <param name="authority">Who issues it, with key.</param>
    /// <param name="key">The key that it is made for.</param>
    public static nint Run(string name, CertificateFile authority, nint key)
    {
        nint made = OpenSslMaker.CertificateNew();
        bool isWhole = made != 0 && Fill(made, name, authority, key) && AddExtensions(made, name, authority.Certificate)
            && OpenSslMaker.CertificateSign(made, authority.Key, DigestFor(authority.Key)) > 0;
        OpenSsl.ErrorsClear();
        if (isWhole) return made;
        if (made != 0) OpenSsl.CertificateFree(made);
        return 0;
    }

    private static bool Fill(nint made, string name, CertificateFile authority, nint key)
    {
        // Random, so that no two certificates of the authority have the same, whoever makes them.
        Span<byte> serial = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(serial);
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(serial) >> 1 | 1;
        nint issuer = OpenSsl.CertificateSubject(authority.Certificate);
        return OpenSslMaker.CertificateSetVersion(made, Version3) == 1
            && OpenSslMaker.NumberSet(OpenSsl.CertificateSerial(made), number) == 1
            && OpenSslMaker.TimeFromNow(OpenSslMaker.CertificateBegin(made), BeginSeconds) != 0
            && OpenSslMaker.TimeFromNow(OpenSslMaker.CertificateEnd(made), EndSeconds) != 0
            && OpenSslMaker.CertificateSetKey(made, key) == 1
            && OpenSslMaker.CertificateSetIssuer(made, issuer) == 1
            && SetSubject(made, name, issuer);
    }

    /// <summary>The authority's own name, with the host as one more common name.</summary>
    private static bool SetSubject(nint made, string name, nint issuer)
    {
        nint subject = OpenSslMaker.NameCopy(issuer);
        if (subject == 0) return false;
        bool done = true;
        if (name.Length <= CommonNameMax)
        {
            fixed (byte* word = "CN\0"u8, text = Encoding.ASCII.GetBytes(name))
                done = OpenSslMaker.NameAdd(subject, word, Ascii, text, name.Length, -1, 0) == 1;
        }
        done = done && OpenSslMaker.CertificateSetSubject(made, subject) == 1;
        OpenSslMaker.NameFree(subject);
        return done;
    }

    private static bool AddExtensions(nint made, string name, nint authority)
    {
        byte* scope = stackalloc byte[OpenSslMaker.ExtensionScopeSize];
        new Span<byte>(scope, OpenSslMaker.ExtensionScopeSize).Clear();
        OpenSslMaker.ExtensionScope((nint)scope, authority, made, 0, 0, 0);
        foreach ((string word, string value) in Extensions)
            if (!Add(made, scope, word, value)) return false;
        return Add(made, scope, "subjectAltName", $"DNS:{name}");
    }

    private static bool Add(nint made, byte* scope, string word, string value)
    {
        nint extension;
        fixed (byte* key = SharedSettings.Zeroed(word), text = SharedSettings.Zeroed(value))
            extension = OpenSslMaker.ExtensionMake(0, (nint)scope, key, text);
        if (extension == 0) return false;
        bool done = OpenSslMaker.CertificateAddExtension(made, extension, -1) == 1;
        OpenSslMaker.ExtensionFree(extension);
        return done;
    }

    /// <summary>0 for keys that bring their own digest (Ed25519, Ed448).</summary>
    private static nint DigestFor(nint key) =>
        OpenSsl.KeyId(key) switch
        {
            LibraryConstants.KeyDsa => OpenSsl.Digest1(),
            LibraryConstants.KeyRsa or LibraryConstants.KeyRsaPss or LibraryConstants.KeyEc => OpenSsl.Digest(),
            _ => 0,
        };
}
