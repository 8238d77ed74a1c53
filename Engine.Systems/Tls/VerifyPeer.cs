using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// Notes what verification found wrong with a peer's certificates, and overlooks what the configuration says.
/// </summary>
public static unsafe class VerifyPeer
{
    /// <summary>X509_V_ERR_HOSTNAME_MISMATCH.</summary>
    private const int HostnameMismatch = 62;

    /// <summary>Verification function, called for every certificate of the chain.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(int isGood, nint store)
    {
        nint ssl = OpenSsl.VerifyExtra(store, OpenSsl.VerifyExtraIndex());
        TlsState* state = ssl == 0 ? null : (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state == null) return isGood;
        state->Flags |= TlsFlags.PeerCertificate;
        if (isGood != 0) return 1;
        KeepRefused(state, store);
        int error = OpenSsl.VerifyError(store);
        int depth = OpenSsl.VerifyDepth(store);
        if (depth > 0 && state->AuthorityError == 0)
        {
            state->AuthorityError = (byte)Math.Min(error, byte.MaxValue);
            state->AuthorityDepth = (byte)Math.Min(depth, byte.MaxValue);
        }
        else if (depth == 0 && state->PeerError == 0)
        {
            state->PeerError = (byte)Math.Min(error, byte.MaxValue);
        }
        // The error stays the result of the verification: ssl_c_verify tells it also where it is overlooked.
        if (state->Ignored != null && state->Ignored->Overlooks(error, depth)) return 1;
        state->Fault = depth > 0 ? TlsFault.AuthorityRefused
            : error == HostnameMismatch ? TlsFault.NameMismatch : TlsFault.CertificateRefused;
        return 0;
    }

    /// <summary>The library forgets the certificate of a client whose handshake fails.</summary>
    private static void KeepRefused(TlsState* state, nint store)
    {
        nint certificate = OpenSslObjects.VerifiedCertificate(store);
        if (state->Refused != 0 || certificate == 0) return;
        _ = OpenSsl.CertificateUpRef(certificate);
        state->Refused = certificate;
    }
}
