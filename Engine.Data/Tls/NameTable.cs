using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Data.Tls;

/// <summary>
/// Which contexts serve a server name: exact names, then wildcards over one label. Immutable; looked up without
/// allocation by the bytes of a ClientHello.
/// </summary>
public sealed class NameTable
{
    private readonly Dictionary<string, TlsIdentity?[]?> exact;
    private readonly Dictionary<string, TlsIdentity?[]> wild;
    private readonly Dictionary<string, TlsIdentity?[]?>.AlternateLookup<ReadOnlySpan<char>> exactByText;
    private readonly Dictionary<string, TlsIdentity?[]>.AlternateLookup<ReadOnlySpan<char>> wildByText;

    /// <param name="exact">
    /// By lower-case name, contexts by <see cref="TlsKeyKind"/>, with those of wildcards that serve the name too; null: no
    /// context serves it.
    /// </param>
    /// <param name="wild">By what follows the star, with its dot: <c>.example.com</c>.</param>
    public NameTable(Dictionary<string, TlsIdentity?[]?> exact, Dictionary<string, TlsIdentity?[]> wild)
    {
        this.exact = exact;
        this.wild = wild;
        exactByText = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        wildByText = wild.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static NameTable Empty { get; } = new([], []);

    public bool IsEmpty => exact.Count == 0 && wild.Count == 0;

    /// <summary>The contexts of a name by kind of key; null when no name matches.</summary>
    public TlsIdentity?[]? Find(ReadOnlySpan<byte> name)
    {
        const int nameMax = 255;
        if (name.IsEmpty || name.Length > nameMax) return null;
        Span<char> lower = stackalloc char[nameMax];
        lower = lower[..name.Length];
        if (Encoding.Latin1.GetChars(name, lower) != name.Length) return null;
        foreach (ref char c in lower)
            if (c is >= 'A' and <= 'Z') c = (char)(c | 0x20);
        if (exactByText.TryGetValue(lower, out TlsIdentity?[]? found)) return found;
        int dot = lower.IndexOf('.');
        return dot >= 0 && wildByText.TryGetValue(lower[dot..], out found) ? found : null;
    }
}
