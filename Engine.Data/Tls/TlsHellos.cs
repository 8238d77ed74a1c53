using System;
using Engine.Data.Tables;

namespace Engine.Data.Tls;

/// <summary>The captured ClientHellos of a thread, by connection row.</summary>
public sealed unsafe class TlsHellos
{
    /// <summary>No ClientHello that the library takes is longer, bytes.</summary>
    public const int SizeMax = 16384;

    private readonly byte* start;
    private readonly nuint stride;
    private readonly int capacity;

    public TlsHellos(uint connections, int size)
    {
        capacity = Math.Min(size, SizeMax);
        stride = (nuint)(sizeof(TlsHello) + capacity + sizeof(ulong) - 1) & ~(nuint)(sizeof(ulong) - 1);
        start = (byte*)NativeRegion.Reserve(connections * stride);
    }

    /// <summary>The place of a row, empty.</summary>
    public TlsHello* Take(uint row)
    {
        TlsHello* hello = (TlsHello*)(start + (row * stride));
        hello->Capacity = capacity;
        TlsHello.Clear(hello);
        return hello;
    }
}
