using System;
using System.Threading;
using Engine.Data.Patterns;
using Engine.Data.Text;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>
/// Entries by text: a hash table that one thread changes while others look up. It is cut into parts that grow on their
/// own, so that no change moves more than a small share of the entries. Nodes are never changed in a way that could lose
/// a reader its way: one that stands on a removed node still finds all that follow.
/// </summary>
internal sealed class EntryTable(bool ignoreCase)
{
    private const int PartBits = 6;
    private const int BucketsMin = 4;

    private readonly Part?[] parts = new Part?[1 << PartBits];

    private sealed class Part
    {
        public Node?[] Buckets = new Node?[BucketsMin];
        public int Count;
    }

    /// <summary>A text in its bucket, its entries behind it in their order.</summary>
    private sealed class Node(ulong hash, byte[] key, PatternEntry entry)
    {
        public readonly ulong Hash = hash;
        public readonly byte[] Key = key;
        public readonly PatternEntry Entry = entry;
        public Node? Next;
        public Node? Same;

        /// <summary>The last of the same text; kept in the first.</summary>
        public Node? Last;
    }

    /// <summary>The first entry of the text that is not gone.</summary>
    public PatternEntry? Find(ReadOnlySpan<byte> text)
    {
        ulong hash = KeyedHash.Of(text, ignoreCase);
        Part? part = Volatile.Read(ref parts[PartOf(hash)]);
        if (part is null) return null;
        Node?[] buckets = Volatile.Read(ref part.Buckets);
        for (Node? node = Volatile.Read(ref buckets[Slot(hash, buckets)]); node is not null; node = node.Next)
        {
            if (node.Hash != hash || !IsSame(node.Key, text)) continue;
            for (Node? same = node; same is not null; same = same.Same)
                if (!same.Entry.Gone) return same.Entry;
            return null;
        }
        return null;
    }

    public void Add(byte[] key, PatternEntry entry)
    {
        ulong hash = KeyedHash.Of(key, ignoreCase);
        ref Part? place = ref parts[PartOf(hash)];
        if (place is null) Volatile.Write(ref place, new Part());
        if (place!.Count >= place.Buckets.Length) Grow(place);
        place.Count++;
        Append(place.Buckets, new Node(hash, key, entry));
    }

    /// <summary>False: it was not there.</summary>
    public bool Remove(byte[] key, PatternEntry entry)
    {
        ulong hash = KeyedHash.Of(key, ignoreCase);
        if (parts[PartOf(hash)] is not { } part) return false;
        ref Node? link = ref part.Buckets[Slot(hash, part.Buckets)];
        while (link is not null && (link.Hash != hash || !IsSame(link.Key, key))) link = ref link.Next;
        if (link is null) return false;
        Node first = link;
        if (first.Entry == entry)
        {
            if (first.Same is { } second)
            {
                second.Last = first.Last;
                second.Next = first.Next;
                Volatile.Write(ref link, second);
            }
            else
            {
                Volatile.Write(ref link, first.Next);
            }
            part.Count--;
            return true;
        }
        Node before = first;
        while (before.Same is not null && before.Same.Entry != entry) before = before.Same;
        if (before.Same is not { } found) return false;
        Volatile.Write(ref before.Same, found.Same);
        if (first.Last == found) first.Last = before;
        part.Count--;
        return true;
    }

    /// <summary>Behind the others: the first of the list is found first.</summary>
    private void Append(Node?[] buckets, Node added)
    {
        ref Node? link = ref buckets[Slot(added.Hash, buckets)];
        for (; link is not null; link = ref link.Next)
        {
            if (link.Hash != added.Hash || !IsSame(link.Key, added.Key)) continue;
            Volatile.Write(ref link.Last!.Same, added);
            link.Last = added;
            return;
        }
        added.Last = added;
        Volatile.Write(ref link, added);
    }

    /// <summary>New nodes in new buckets: readers may be among the old ones.</summary>
    private void Grow(Part part)
    {
        Node?[] larger = new Node?[part.Buckets.Length * 2];
        foreach (Node? bucket in part.Buckets)
        {
            for (Node? node = bucket; node is not null; node = node.Next)
                for (Node? same = node; same is not null; same = same.Same)
                    Append(larger, new Node(same.Hash, same.Key, same.Entry));
        }
        Volatile.Write(ref part.Buckets, larger);
    }

    private bool IsSame(byte[] key, ReadOnlySpan<byte> text) =>
        ignoreCase ? key.Length == text.Length && AsciiCase.Equals(key, text) : text.SequenceEqual(key);

    private static int PartOf(ulong hash) => (int)(hash >> (64 - PartBits));

    private static uint Slot(ulong hash, Node?[] buckets) => (uint)hash & (uint)(buckets.Length - 1);
}
