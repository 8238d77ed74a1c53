using Engine.Data.Kernel;
using Engine.Data.Samples;

namespace Engine.Data.Variables;

/// <summary>
/// A variable: a value like a <see cref="Sample"/>'s whose bytes it owns. 48 bytes. The bytes stay when it is unset, so
/// that the next request in the same row need not ask for memory; all zero is a variable that is not set.
/// </summary>
public unsafe struct Variable
{
    /// <summary>Native memory of its own; null when it never held bytes.</summary>
    public byte* Bytes;

    /// <summary>Boolean, Integer, number of a method.</summary>
    public long Integer;

    public AddressBytes Address;

    /// <summary>Bytes in use and bytes there.</summary>
    public int Length;
    public int Capacity;

    /// <summary>None: not set.</summary>
    public SampleType Type;

    /// <summary>It was set once in this life of its scope (<c>ifexists</c>).</summary>
    public bool Exists;
}
