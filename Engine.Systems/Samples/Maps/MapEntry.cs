using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>A line of a map: its key as written, its value as text and as what the converter gives.</summary>
internal struct MapEntry
{
    public ByteView Key;
    public ByteView Text;

    /// <summary>Of an integer.</summary>
    public long Integer;

    /// <summary>Ipv4 or Ipv6, of an address.</summary>
    public SampleType AddressType;
    public AddressBytes Address;

    /// <summary>Line of the file, from 1.</summary>
    public int Line;
}
