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

    private readonly Dictionary<string, List<Entry>> exact = [];
    private readonly Dictionary<string, List<Entry>> wild = [];
    private readonly Dictionary<string, List<Entry>> refused = [];
    private int count;

    /// <summary>A context with the entry that named it: several may name one, and each takes out names of its own.</summary>
    private readonly record struct Entry(TlsIdentity Context, int Number);

    /// <summary>
    /// Names, wildcards (<c>*.example.com</c>) and names taken out of them (<c>!www.example.com</c>).
    /// </summary>
    public void Add(string[] names, TlsIdentity context)
    {
        Entry entry = new(context, count++);
        foreach (string name in names)
        {
            string lower = name.ToLowerInvariant();
            if (lower.StartsWith('!')) Take(refused, lower[1..], entry);
            else if (lower.StartsWith("*.")) Take(wild, lower[1..], entry);
            else if (lower != "*") Take(exact, lower, entry);
        }
    }

    public NameTable Build()
    {
        Dictionary<string, TlsIdentity?[]?> names = [];
        foreach (string name in exact.Keys) names[name] = Serving(name);
        foreach (string name in refused.Keys) names[name] = Serving(name);
        Dictionary<string, TlsIdentity?[]> wildcards = [];
        foreach ((string name, List<Entry> entries) in wild)
        {
            TlsIdentity?[] kinds = new TlsIdentity?[Kinds];
            foreach (Entry entry in entries) kinds[(int)entry.Context.Key] ??= entry.Context;
            wildcards.Add(name, kinds);
        }
        return new(names, wildcards);
    }

    /// <summary>The contexts of one whole name by kind of key; null when none serves it.</summary>
    private TlsIdentity?[]? Serving(string name)
    {
        TlsIdentity?[]? kinds = null;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        List<Entry> taken = refused.GetValueOrDefault(name, []);
        foreach (Entry entry in exact.GetValueOrDefault(name, [])) Keep(entry.Context);
        if (dot < 0) return kinds;
        foreach (Entry entry in wild.GetValueOrDefault(name[dot..], []))
            if (!taken.Contains(entry)) Keep(entry.Context);
        return kinds;

        void Keep(TlsIdentity context) => (kinds ??= new TlsIdentity?[Kinds])[(int)context.Key] ??= context;
    }

    private static void Take(Dictionary<string, List<Entry>> table, string name, Entry entry)
    {
        if (!table.TryGetValue(name, out List<Entry>? entries)) table.Add(name, entries = []);
        entries.Add(entry);
    }
}
