using Engine.Data.Kernel;
using Engine.Data.Messages;

namespace Engine.Data.Samples;

/// <summary>
/// A typed value taken from a message, a connection or a constant. Who asks clears it, sets <see cref="Iterates"/>
/// when every value is wanted, and asks again with the same sample while <see cref="NotLast"/> is set.
/// </summary>
public struct Sample
{
    public SampleType Type;

    /// <summary>Asked for: every value there is, one a call (ACLs). Otherwise the fetch answers its usual one.</summary>
    public bool Iterates;

    /// <summary>Answered: more values may follow.</summary>
    public bool NotLast;

    /// <summary>Answered: the message may still bring a value, or another one.</summary>
    public bool MayChange;

    /// <summary>Cursor private to the fetch that answers several values: which field.</summary>
    public int Cursor;

    /// <summary>Second part of the cursor: where in the field.</summary>
    public int CursorOffset;

    /// <summary>Boolean (0 or 1), Integer, or the number of a <see cref="Messages.Method"/>.</summary>
    public long Integer;

    /// <summary>String, Binary, and the name of a Method.Other.</summary>
    public ByteView Bytes;

    /// <summary>Ipv4, Ipv6.</summary>
    public AddressBytes Address;

    public void SetBoolean(bool value)
    {
        Type = SampleType.Boolean;
        Integer = value ? 1 : 0;
    }

    public void SetInteger(long value)
    {
        Type = SampleType.Integer;
        Integer = value;
    }

    public void SetString(ByteView value)
    {
        Type = SampleType.String;
        Bytes = value;
    }

    public void SetBinary(ByteView value)
    {
        Type = SampleType.Binary;
        Bytes = value;
    }
}
