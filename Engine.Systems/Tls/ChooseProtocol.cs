using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>ALPN (RFC 7301): the first protocol of ours that the client offers too.</summary>
public static unsafe class ChooseProtocol
{
    /// <summary>ALPN function; its argument is the handle of the <see cref="TlsIdentity"/>.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(nint ssl, byte** chosen, byte* chosenLength, byte* offered, uint offeredLength, nint argument)
    {
        try
        {
            TlsIdentity context = (TlsIdentity)GCHandle.FromIntPtr(argument).Target!;
            ReadOnlySpan<byte> ours = context.Protocols.Span;
            ReadOnlySpan<byte> theirs = new(offered, (int)offeredLength);
            while (!ours.IsEmpty)
            {
                ReadOnlySpan<byte> protocol = ours.Slice(1, ours[0]);
                int at = Find(theirs, protocol);
                if (at >= 0)
                {
                    *chosen = offered + at;
                    *chosenLength = (byte)protocol.Length;
                    return LibraryNumbers.ExtensionTaken;
                }
                ours = ours[(1 + protocol.Length)..];
            }
            return LibraryNumbers.ExtensionIgnored;
        }
        catch (Exception)
        {
            return LibraryNumbers.ExtensionIgnored;
        }
    }

    /// <summary>
    /// Where a protocol's name begins in a list of names with lengths before them; -1 when it is not there.
    /// </summary>
    private static int Find(ReadOnlySpan<byte> list, ReadOnlySpan<byte> protocol)
    {
        for (int at = 0; at < list.Length; at += 1 + list[at])
        {
            if (at + 1 + list[at] > list.Length) return -1;
            if (list.Slice(at + 1, list[at]).SequenceEqual(protocol)) return at + 1;
        }
        return -1;
    }
}
