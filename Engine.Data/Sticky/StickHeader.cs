using System.Runtime.InteropServices;

namespace Engine.Data.Sticky;

/// <summary>What stands before the key of every entry. Everything under the lock of the entry's shard.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct StickHeader
{
    public uint Hash;

    /// <summary>The next entry of the bucket; of free entries, the next free one. 0: none.</summary>
    public uint Next;

    /// <summary>Neighbours by the time of the last touch; 0: none.</summary>
    public uint Older;

    public uint Newer;

    /// <summary>Monotonic milliseconds, wrapping.</summary>
    public uint ExpireMs;

    /// <summary>Sessions, streams and others that hold the entry: it stays.</summary>
    public int Holders;

    /// <summary>Bytes of the key and one; 0: the entry is free.</summary>
    public int KeyLengthAndOne;

    public readonly bool IsUsed => KeyLengthAndOne > 0;
}
