using System;

namespace Engine.Data.Messages;

/// <summary>
/// One header field of a parsed head: an index entry, nothing copied. 24 bytes. The bytes lie in the buffer that was
/// received, in a stream's scratch buffer (fields that rules added) or in the configuration (literals).
/// </summary>
public unsafe struct HeaderField
{
    public byte* Name;
    public byte* Value;
    public int ValueLength;

    /// <summary>1 to 65535: a longer name is refused by the parser before it is stored (THREATS.md A5).</summary>
    public ushort NameLength;

    public KnownHeader Known;

    /// <summary>Removed by a rule, or hop-by-hop: serialised never and invisible to samples.</summary>
    public bool Removed;

    public readonly ReadOnlySpan<byte> NameSpan => new(Name, NameLength);

    public readonly ReadOnlySpan<byte> ValueSpan => new(Value, ValueLength);
}
