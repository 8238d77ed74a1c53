using System.Runtime.InteropServices;
using Engine.Data.Tables;

namespace Engine.Data.Sticky;

/// <summary>The part of a table that one lock guards: whole buckets, and their entries by the time of their last touch.</summary>
[StructLayout(LayoutKind.Sequential, Size = NativeRegion.CacheLine)]
internal struct StickShard
{
    public int Lock;

    /// <summary>Touched longest ago; 0: no entry.</summary>
    public uint Oldest;

    public uint Newest;
}
