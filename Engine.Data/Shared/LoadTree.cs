using System;

namespace Engine.Data.Shared;

/// <summary>
/// Finds the least loaded of many servers: a tree of winners over what each was last seen to carry. Of equals the one
/// that was chosen longest ago. Used under <see cref="Lock"/>; a look costs nothing, a change one step a level.
/// </summary>
public sealed class LoadTree
{
    /// <summary>A backend with fewer servers is looked through instead, without a lock.</summary>
    public const int WorthFrom = 32;

    /// <summary>It takes no requests now.</summary>
    public const long None = long.MaxValue;

    public ShortLock Lock;

    private readonly long[] loads;
    private readonly long[] turns;

    /// <summary>Winner of each inner node, -1 where there is none; the children of node n are 2n and 2n + 1.</summary>
    private readonly int[] winners;

    private readonly int width = 1;
    private long lastTurn;

    /// <param name="servers">Numbers of the servers, by their places here.</param>
    public LoadTree(int[] servers)
    {
        Servers = servers;
        int count = servers.Length;
        loads = new long[count];
        turns = new long[count];
        while (width < count) width *= 2;
        winners = new int[width];
        for (int node = width - 1; node > 0; node--) winners[node] = Better(Winner(node * 2), Winner((node * 2) + 1));
    }

    /// <summary>Numbers of the servers by their places here.</summary>
    public int[] Servers { get; }

    /// <summary>The one with the least load, which may be <see cref="None"/>.</summary>
    public int Best => Winner(1);

    public long Load(int index) => loads[index];

    public void Set(int index, long load)
    {
        if (loads[index] == load) return;
        loads[index] = load;
        Update(index);
    }

    /// <summary>It was chosen and carries so much now: its equals come first.</summary>
    public void Choose(int index, long load)
    {
        loads[index] = load;
        turns[index] = ++lastTurn;
        Update(index);
    }

    private void Update(int index)
    {
        for (int node = (width + index) / 2; node > 0; node /= 2)
            winners[node] = Better(Winner(node * 2), Winner((node * 2) + 1));
    }

    private int Winner(int node) => node < width ? winners[node] : node - width < loads.Length ? node - width : -1;

    private int Better(int left, int right)
    {
        if (right < 0 || left < 0) return Math.Max(left, right);
        int order = loads[left].CompareTo(loads[right]);
        return order < 0 || (order == 0 && turns[left] <= turns[right]) ? left : right;
    }
}
