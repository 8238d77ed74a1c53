using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>Gives a client that asks for it the OCSP response of the certificate it gets (RFC 6066 section 8).</summary>
public static unsafe class SendStaple
{
    /// <summary>SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP.</summary>
    private const int SetResponse = 71;

    /// <summary>Status function; its argument is the handle of the <see cref="TlsIdentity"/>.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(nint ssl, nint argument)
    {
        try
        {
            OcspStaple? staple = ((TlsIdentity)GCHandle.FromIntPtr(argument).Target!).Staple;
            TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
            if (staple?.Current is not { } response) return LibraryNumbers.ExtensionIgnored;
            if (state != null && (state->Flags & TlsFlags.Forged) != 0) return LibraryNumbers.ExtensionIgnored;
            if (response.ExpiresMs < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
            {
                if (state != null) state->Flags |= TlsFlags.StapleExpired;
                return LibraryNumbers.ExtensionIgnored;
            }
            // The library frees what it is given.
            byte* copy = (byte*)OpenSslObjects.Allocate((nuint)response.Der.Length, null, 0);
            if (copy == null) return LibraryNumbers.ExtensionIgnored;
            response.Der.CopyTo(new Span<byte>(copy, response.Der.Length));
            _ = OpenSsl.SslControl(ssl, SetResponse, response.Der.Length, (nint)copy);
            if (state != null) state->Flags |= TlsFlags.Stapled;
            return LibraryNumbers.ExtensionTaken;
        }
        catch (Exception)
        {
            return LibraryNumbers.ExtensionIgnored;
        }
    }
}
