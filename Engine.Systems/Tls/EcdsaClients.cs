using System;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// Which clients can be given an ECDSA certificate: those that name a scheme for it and a cipher of ours that goes with it,
/// for TLS 1.2 ties ciphers to kinds of keys.
/// </summary>
internal static unsafe class EcdsaClients
{
    private const int Tls13 = 0x0304;

    /// <summary>NID_auth_ecdsa, and NID_auth_any: the suites of TLS 1.3, and what only signals something.</summary>
    private const int AuthenticationEcdsa = 1047;

    private const int AuthenticationAny = 1064;

    /// <summary>TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746) and TLS_FALLBACK_SCSV (RFC 7507): no ciphers.</summary>
    private const int RenegotiationSignal = 0x00FF;

    private const int FallbackSignal = 0x5600;

    /// <param name="ssl">In its ClientHello function.</param>
    /// <param name="versionMax">The highest version of the bind line, as the wire numbers it.</param>
    public static bool Takes(nint ssl, int versionMax) => NamesScheme(ssl) && NamesCipher(ssl, versionMax >= Tls13);

    private static bool NamesScheme(nint ssl)
    {
        byte* data;
        nuint length;
        if (OpenSsl.SslHelloExtension(ssl, LibraryNumbers.ExtensionSignatures, &data, &length) == 0) return false;
        ReadOnlySpan<byte> schemes = new(data, (int)length);
        for (int at = 2; at + 1 < schemes.Length; at += 2)
        {
            // RFC 8446 section 4.2.3: ecdsa_* end with 3 or are 0x081a to 0x081c, ed25519 and ed448 are 0x0807 and 0x0808.
            bool isEcdsa = schemes[at + 1] == 3 && schemes[at] is >= 2 and <= 6;
            bool isEdwards = schemes[at] == 8 && schemes[at + 1] is 7 or 8;
            if (isEcdsa || isEdwards) return true;
        }
        return false;
    }

    private static bool NamesCipher(nint ssl, bool allowsTls13)
    {
        nint ours = OpenSslObjects.SslCiphers(ssl);
        byte* ciphers;
        nuint length = OpenSsl.SslHelloCiphers(ssl, &ciphers);
        for (nuint at = 0; at + 1 < length; at += 2)
        {
            if (((ciphers[at] << 8) | ciphers[at + 1]) is RenegotiationSignal or FallbackSignal) continue;
            nint cipher = OpenSslObjects.CipherFind(ssl, ciphers + at);
            if (cipher == 0 || OpenSslObjects.StackFind(ours, cipher) < 0) continue;
            int authentication = OpenSslObjects.CipherAuthentication(cipher);
            if (authentication == AuthenticationEcdsa || (authentication == AuthenticationAny && allowsTls13)) return true;
        }
        return false;
    }
}
