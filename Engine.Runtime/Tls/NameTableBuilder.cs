using System;
using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Collects which contexts serve which names. The first context of a name and a kind of key keeps it; for the kinds that a
/// name has no context of, a wildcard's serve it.
/// </summary>
internal sealed class NameTableBuilder
{
    private const int Kinds = 3;

    private readonly Dictionary<string, List<TlsIdentity>> exact = [];
    private readonly Dictionary<string, List<TlsIdentity>> wild = [];
    private readonly Dictionary<string, List<TlsIdentity>> refused = [];

    /// <summary>
    /// Names, wildcards (<c>*.example.com</c>) and names taken out of them (<c>!www.example.com</c>).
    /// </summary>
    public void Add(string[] names, TlsIdentity context)
    {
        foreach (string name in names)
        {
            string lower = name.ToLowerInvariant();
            if (lower.StartsWith('!')) Take(refused, lower[1..], context);
            else if (lower.StartsWith("*.")) Take(wild, lower[1..], context);
            else if (lower != "*") Take(exact, lower, context);
        }
    }

    public NameTable Build()
    {
        Dictionary<string, TlsIdentity?[]?> names = [];
        foreach (string name in exact.Keys) names[name] = Serving(name);
        foreach (string name in refused.Keys) names[name] = Serving(name);
        Dictionary<string, TlsIdentity?[]> wildcards = [];
        foreach ((string name, List<TlsIdentity> contexts) in wild)
        {
            TlsIdentity?[] kinds = new TlsIdentity?[Kinds];
            foreach (TlsIdentity context in contexts) kinds[(int)context.Key] ??= context;
            wildcards.Add(name, kinds);
        }
        return new(names, wildcards);
    }

    /// <summary>The contexts of one whole name by kind of key; null when none serves it.</summary>
    private TlsIdentity?[]? Serving(string name)
    {
        TlsIdentity?[]? kinds = null;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        List<TlsIdentity> taken = refused.GetValueOrDefault(name, []);
        foreach (TlsIdentity context in exact.GetValueOrDefault(name, [])) Keep(context);
        if (dot < 0) return kinds;
        foreach (TlsIdentity context in wild.GetValueOrDefault(name[dot..], []))
            if (!taken.Contains(context)) Keep(context);
        return kinds;

        void Keep(TlsIdentity context) => (kinds ??= new TlsIdentity?[Kinds])[(int)context.Key] ??= context;
    }

    private static void Take(Dictionary<string, List<TlsIdentity>> table, string name, TlsIdentity context)
    {
        if (!table.TryGetValue(name, out List<TlsIdentity>? contexts)) table.Add(name, contexts = []);
        contexts.Add(context);
    }
}
