using System.Collections.Generic;
using Engine.Data.Tables;

namespace Engine.Systems.Balance;

/// <summary>
/// The table of map-based hashing and of <c>static-rr</c>: as many slots as the weights sum up to, each server in as many
/// as its weight says. A server gains its weight at each slot and pays the sum for a slot of its own; the slot goes to
/// the first server, in file order, of those that gained the most whole sums. Keys are found in the same slots by
/// every program that lays its table out so.
/// </summary>
public static class SlotTable
{
    public static int[] Build(ValueList<WeightedServer> servers)
    {
        int total = 0;
        foreach ((_, int weight) in servers) total += weight;
        if (total == servers.Count) return InOrder(servers);
        int[] slots = new int[total];
        int[] taken = new int[servers.Count];
        int[] rank = new int[servers.Count];
        // What a server has gained changes its rank at known slots: they wait in one queue, the servers by rank in another.
        PriorityQueue<int, (long Slot, int Index)> changes = new();
        SortedSet<(int Rank, int Index)> candidates = [];
        for (int i = 0; i < servers.Count; i++)
        {
            candidates.Add((0, i));
            changes.Enqueue(i, (SlotOf(1, 0, total, servers[i].Weight), i));
        }
        for (int slot = 0; slot < total; slot++)
        {
            while (changes.TryPeek(out int changed, out (long Slot, int Index) due) && due.Slot <= slot)
            {
                changes.Dequeue();
                SetRank(candidates, rank, changed, -Sums(slot, taken[changed], total, servers[changed].Weight));
                int next = 1 - rank[changed];
                changes.Enqueue(changed, (SlotOf(next, taken[changed], total, servers[changed].Weight), changed));
            }
            int chosen = candidates.Min.Index;
            slots[slot] = servers[chosen].Server;
            taken[chosen]++;
            SetRank(candidates, rank, chosen, -Sums(slot, taken[chosen], total, servers[chosen].Weight));
            changes.Enqueue(
                chosen, (SlotOf(1 - rank[chosen], taken[chosen], total, servers[chosen].Weight), chosen));
        }
        return slots;
    }

    private static int[] InOrder(ValueList<WeightedServer> servers)
    {
        int[] plain = new int[servers.Count];
        for (int i = 0; i < plain.Length; i++) plain[i] = servers[i].Server;
        return plain;
    }

    /// <summary>Whole sums that a server has gained by a slot, less those it paid.</summary>
    private static int Sums(long slot, int taken, int total, int weight) =>
        (int)System.Math.Floor((double)((weight * (slot + 1)) - ((long)total * taken)) / total);

    /// <summary>The first slot at which it will have gained so many.</summary>
    private static long SlotOf(int sums, int taken, int total, int weight)
    {
        long needed = (long)total * (taken + sums);
        return ((needed + weight - 1) / weight) - 1;
    }

    private static void SetRank(SortedSet<(int Rank, int Index)> candidates, int[] rank, int index, int value)
    {
        if (rank[index] == value) return;
        candidates.Remove((rank[index], index));
        rank[index] = value;
        candidates.Add((value, index));
    }
}
