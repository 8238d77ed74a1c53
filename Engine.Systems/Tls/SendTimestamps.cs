using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>Sends signed certificate timestamps to clients that ask for them (RFC 6962 section 3.3.1).</summary>
public static unsafe class SendTimestamps
{
    /// <summary>The extension, and where it stands: ClientHello, TLS 1.2 ServerHello, TLS 1.3 Certificate.</summary>
    private const uint Extension = 18;

    private const uint Places = 0x80 | 0x100 | 0x1000;

    /// <summary>The copy of the list lives as long as the context, which the identity knows the end of.</summary>
    public static void Attach(TlsIdentity identity, byte[] timestamps)
    {
        byte* block = (byte*)NativeMemory.Alloc((nuint)timestamps.Length + sizeof(int));
        identity.Timestamps = (nint)block;
        *(int*)block = timestamps.Length;
        timestamps.CopyTo(new Span<byte>(block + sizeof(int), timestamps.Length));
        delegate* unmanaged[Cdecl]<nint, uint, uint, byte**, nuint*, nint, nuint, int*, nint, int> add = &Add;
        delegate* unmanaged[Cdecl]<nint, uint, uint, byte*, nuint, nint, nuint, int*, nint, int> read = &Read;
        _ = OpenSslObjects.ContextAddExtension(
            identity.Handle, Extension, Places, (nint)add, 0, (nint)block, (nint)read, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Add(
        nint ssl, uint kind, uint place, byte** output, nuint* length, nint certificate, nuint chainIndex, int* alert,
        nint argument)
    {
        if (chainIndex > 0) return 0; // they are about the first certificate alone
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state != null && (state->Flags & TlsFlags.Forged) != 0) return 0; // and about no other
        *output = (byte*)argument + sizeof(int);
        *length = (nuint)(*(int*)argument);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(
        nint ssl, uint kind, uint place, byte* input, nuint length, nint certificate, nuint chainIndex, int* alert,
        nint argument) => 1;
}
