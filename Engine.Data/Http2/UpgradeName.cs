using System;
using System.Runtime.CompilerServices;

namespace Engine.Data.Http2;

/// <summary>The protocol that a request of HTTP/1 wants to turn to, while its answer is awaited over HTTP/2.</summary>
[InlineArray(Size)]
public struct UpgradeName
{
    private const int Size = 64;

    /// <summary>Bytes of a name at most.</summary>
    public const int LengthMax = Size - 1;

    private byte first; // the length; the name follows

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)this).Slice(1, first);

    /// <param name="name">At most <see cref="LengthMax"/> bytes.</param>
    public void Set(ReadOnlySpan<byte> name)
    {
        first = (byte)name.Length;
        name.CopyTo(((Span<byte>)this)[1..]);
    }
}
