using System;

namespace Engine.Data.Messages;

/// <summary>
/// One header field of a parsed head: an index entry, nothing copied. 24 bytes. The bytes lie in the buffer
/// that was received, in a stream's scratch buffer (fields that rules added) or in the configuration
/// (literals). Received names are in lower case.
/// </summary>
public unsafe struct HeaderField
{
    public byte* Name;
    public byte* Value;
    public int ValueLength;

    /// <summary>1 to 65535: a longer name is refused before it is stored (THREATS.md A5).</summary>
    public ushort NameLength;

    public KnownHeader Known;
    public FieldFlags Flags;

    /// <summary>Serialised never and invisible to samples.</summary>
    public bool Removed
    {
        readonly get => (Flags & FieldFlags.Removed) != 0;
        set => Flags = value ? Flags | FieldFlags.Removed : Flags & ~FieldFlags.Removed;
    }

    public readonly ReadOnlySpan<byte> NameSpan => new(Name, NameLength);

    public readonly ReadOnlySpan<byte> ValueSpan => new(Value, ValueLength);

    public readonly ByteView NameView => new(Name, NameLength);

    public readonly ByteView ValueView => new(Value, ValueLength);
}
