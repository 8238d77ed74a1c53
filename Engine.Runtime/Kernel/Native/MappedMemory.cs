using System;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Zeroed pages that are given back when their back end is disposed, committed only where touched.
/// </summary>
internal unsafe struct MappedMemory : IDisposable
{
    private nuint length;

    /// <exception cref="OutOfMemoryException">The address space is not to be had.</exception>
    public MappedMemory(nuint bytes)
    {
        Check.That(bytes > 0);
        length = (bytes + 4095) & ~(nuint)4095;
        nint address = Libc.Map(
            0, length, Linux.ProtectRead | Linux.ProtectWrite,
            Linux.MapPrivate | Linux.MapAnonymous | Linux.MapNoReserve, -1, 0);
        if (address == -1) throw new OutOfMemoryException();
        Start = (byte*)address;
    }

    public byte* Start { get; private set; }

    public void Dispose()
    {
        if (Start == null) return;
        _ = Libc.Unmap((nint)Start, length);
        Start = null;
        length = 0;
    }
}
