using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Engine.Data.Logs;

/// <summary>A date as text. 48 bytes.</summary>
public struct DateText
{
    /// <summary>Since 1970.</summary>
    public long Second;

    public int Length;

    public DateBytes Bytes;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)Bytes)[..Length];

    /// <summary>Room for the longest form.</summary>
    [InlineArray(32)]
    public struct DateBytes
    {
        private byte first;
    }
}
