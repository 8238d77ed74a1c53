using System;
using Engine.Data.Kernel;
using Engine.Data.Samples;

namespace Engine.Data.Patterns;

/// <summary>The value of an entry of a map: its text, and what it is as a number and as an address. Never changes.</summary>
public sealed class PatternValue(byte[] text)
{
    public static readonly PatternValue None = new([]);

    public byte[] Text { get; } = text;

    /// <summary>The text is a whole number.</summary>
    public bool IsInteger { get; init; }

    public long Integer { get; init; }

    /// <summary>Ipv4 or Ipv6; None when the text is no address.</summary>
    public SampleType AddressType { get; init; }

    public AddressBytes Address { get; init; }

    public bool Says(ReadOnlySpan<byte> other) => other.SequenceEqual(Text);
}
