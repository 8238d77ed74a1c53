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
    private readonly Dictionary<string, TlsIdentity?[]> exact;
    private readonly Dictionary<string, TlsIdentity?[]> wild;
    private readonly HashSet<string> refused;
    private readonly Dictionary<string, TlsIdentity?[]>.AlternateLookup<ReadOnlySpan<char>> exactByText;
    private readonly Dictionary<string, TlsIdentity?[]>.AlternateLookup<ReadOnlySpan<char>> wildByText;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> refusedByText;

    /// <param name="exact">By lower-case name; contexts by <see cref="TlsKeyKind"/>.</param>
    /// <param name="wild">By what follows the star, with its dot: <c>.example.com</c>.</param>
    /// <param name="refused">Names that a filter of a wildcard takes out of it (<c>!name</c>).</param>
    public NameTable(
        Dictionary<string, TlsIdentity?[]> exact, Dictionary<string, TlsIdentity?[]> wild, HashSet<string> refused)
    {
        this.exact = exact;
        this.wild = wild;
        this.refused = refused;
        exactByText = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        wildByText = wild.GetAlternateLookup<ReadOnlySpan<char>>();
        refusedByText = refused.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static NameTable Empty { get; } = new([], [], []);

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
        if (refused.Count > 0 && refusedByText.Contains(lower)) return null;
        int dot = lower.IndexOf('.');
        return dot >= 0 && wildByText.TryGetValue(lower[dot..], out found) ? found : null;
    }
}
