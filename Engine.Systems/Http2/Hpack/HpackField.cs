using System;

namespace Engine.Systems.Http2.Hpack;

/// <summary>A decoded field. Its bytes live until the next one is read.</summary>
public unsafe struct HpackField
{
    public byte* Name;
    public byte* Value;
    public int NameLength;
    public int ValueLength;

    /// <summary>Where the name stands in the static table, 0 when it came otherwise.</summary>
    public int StaticName;

    public readonly ReadOnlySpan<byte> NameSpan => new(Name, NameLength);
    public readonly ReadOnlySpan<byte> ValueSpan => new(Value, ValueLength);
}
