using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Collects which contexts serve which names. The first context of a name and a kind of key keeps it.
/// </summary>
internal sealed class NameTableBuilder
{
    private const int Kinds = 3;

    private readonly Dictionary<string, TlsIdentity?[]> exact = [];
    private readonly Dictionary<string, TlsIdentity?[]> wild = [];
    private readonly HashSet<string> refused = [];

    /// <summary>
    /// Names, wildcards (<c>*.example.com</c>) and names taken out of them (<c>!www.example.com</c>).
    /// </summary>
    public void Add(string[] names, TlsIdentity context)
    {
        foreach (string name in names)
        {
            string lower = name.ToLowerInvariant();
            if (lower.StartsWith('!')) refused.Add(lower[1..]);
            else if (lower.StartsWith("*.")) Take(wild, lower[1..], context);
            else if (lower != "*") Take(exact, lower, context);
        }
    }

    public NameTable Build() => new(exact, wild, refused);

    private static void Take(Dictionary<string, TlsIdentity?[]> table, string name, TlsIdentity context)
    {
        if (!table.TryGetValue(name, out TlsIdentity?[]? contexts)) table.Add(name, contexts = new TlsIdentity?[Kinds]);
        contexts[(int)context.Key] ??= context;
    }
}
