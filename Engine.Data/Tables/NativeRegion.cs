using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Engine.Data.Tables;

/// <summary>Zeroed native memory that lives as long as the process and is committed only where touched.</summary>
public static unsafe class NativeRegion
{
    /// <summary>A cache line, the unit of sharing between threads (bytes).</summary>
    public const int CacheLine = 64;

    /// <summary>Takes note of what this thread reserves; see <see cref="RegionLease"/>.</summary>
    [ThreadStatic]
    internal static List<nuint>? Noted;

    /// <summary>Reserves zeroed memory aligned to a page (4096 bytes).</summary>
    /// <exception cref="OutOfMemoryException">The address space is not to be had.</exception>
    public static void* Reserve(nuint bytes)
    {
        // calloc maps large blocks untouched; the page of slack pays for the alignment.
        nuint raw = (nuint)NativeMemory.AllocZeroed(bytes + 4096);
        Noted?.Add(raw);
        return (void*)((raw + 4095) & ~(nuint)4095);
    }
}
