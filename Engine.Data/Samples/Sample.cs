using Engine.Data.Kernel;
using Engine.Data.Messages;

namespace Engine.Data.Samples;

/// <summary>A typed value taken from a message, a connection or a constant.</summary>
public struct Sample
{
    public SampleType Type;

    /// <summary>More values may follow: fetch again with the next <see cref="Occurrence"/> (headers of one name).</summary>
    public bool NotLast;

    /// <summary>The message may still bring it: the answer can change.</summary>
    public bool MayChange;

    /// <summary>Cursor private to the fetch that answers several values.</summary>
    public int Occurrence;

    /// <summary>Boolean (0 or 1), Integer, or the number of a <see cref="Messages.Method"/>.</summary>
    public long Integer;

    /// <summary>String, Binary, and the name of a Method.Other.</summary>
    public ByteView Bytes;

    /// <summary>Ipv4, Ipv6.</summary>
    public AddressBytes Address;
}
