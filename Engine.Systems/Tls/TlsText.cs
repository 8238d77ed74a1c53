using System;
using System.Runtime.InteropServices;

namespace Engine.Systems.Tls;

/// <summary>Texts of the library.</summary>
internal static unsafe class TlsText
{
    /// <summary>A text up to its zero byte; empty for none.</summary>
    public static ReadOnlySpan<byte> Of(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
}
