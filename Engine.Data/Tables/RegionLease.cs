using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Engine.Data.Tables;

/// <summary>
/// Regions that do not live as long as the process: those that one thread reserves between <see cref="Begin"/> and
/// <see cref="End"/>. Simulations make thousands of worlds in one process.
/// </summary>
public sealed unsafe class RegionLease : IDisposable
{
    private readonly List<nuint> regions = [];

    private RegionLease() { }

    /// <summary>What this thread reserves from here on belongs to the lease.</summary>
    public static RegionLease Begin()
    {
        Check.That(NativeRegion.Noted == null);
        RegionLease lease = new();
        NativeRegion.Noted = lease.regions;
        return lease;
    }

    /// <summary>What is reserved from here on lives as long as the process again.</summary>
    public void End()
    {
        if (NativeRegion.Noted == regions) NativeRegion.Noted = null;
    }

    /// <summary>Gives the regions back: nothing may use them any more.</summary>
    public void Dispose()
    {
        End();
        foreach (nuint region in regions) NativeMemory.Free((void*)region);
        regions.Clear();
    }
}
