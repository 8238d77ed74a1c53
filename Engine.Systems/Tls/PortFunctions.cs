using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// The library's I/O: it reads from and writes to the pieces of buffers that the thread's <see cref="TlsPort"/>
/// names.
/// Where these end it is told to come again.
/// </summary>
public static unsafe class PortFunctions
{
    /// <summary>BIO read function.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Read(nint bio, byte* target, int length)
    {
        TlsPort* port = (TlsPort*)OpenSsl.BioData(bio);
        OpenSsl.BioClearFlags(bio, LibraryNumbers.BioRetryMask);
        int copied = 0;
        while (copied < length && port->InputAt < port->InputCount)
        {
            ref IoVector piece = ref port->Input[port->InputAt];
            int part = (int)Math.Min((nuint)(length - copied), piece.Length);
            Buffer.MemoryCopy(piece.Base, target + copied, part, part);
            copied += part;
            Cut(ref piece, part, ref port->InputAt);
        }
        port->Taken += copied;
        if (copied > 0) return copied;
        OpenSsl.BioSetFlags(bio, LibraryNumbers.BioRead | LibraryNumbers.BioRetry);
        return -1;
    }

    /// <summary>BIO write function.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Write(nint bio, byte* source, int length)
    {
        TlsPort* port = (TlsPort*)OpenSsl.BioData(bio);
        OpenSsl.BioClearFlags(bio, LibraryNumbers.BioRetryMask);
        int copied = 0;
        while (copied < length && port->RoomAt < port->RoomCount)
        {
            ref IoVector piece = ref port->Room[port->RoomAt];
            int part = (int)Math.Min((nuint)(length - copied), piece.Length);
            Buffer.MemoryCopy(source + copied, piece.Base, part, part);
            copied += part;
            Cut(ref piece, part, ref port->RoomAt);
        }
        if (copied > 0) return copied;
        OpenSsl.BioSetFlags(bio, LibraryNumbers.BioWrite | LibraryNumbers.BioRetry);
        return -1;
    }

    /// <summary>BIO control function: what was written is there, so a flush has nothing to do.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static nint Control(nint bio, int command, nint number, nint pointer) =>
        command == LibraryNumbers.BioFlush ? 1 : 0;

    private static void Cut(ref IoVector piece, int part, ref int at)
    {
        piece.Base = (byte*)piece.Base + part;
        piece.Length -= (nuint)part;
        if (piece.Length == 0) at++;
    }
}
