using System;
using Engine.Data.Shared;
using Xunit;

namespace Tests.Data.Shared;

/// <summary>The winner is the least loaded, and of equals the one chosen longest ago, whatever changed before.</summary>
public sealed class LoadTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void The_winner_is_the_one_that_a_look_at_all_finds(int count)
    {
        Random random = new(count);
        LoadTree tree = new(new int[count]);
        long[] loads = new long[count];
        long[] turns = new long[count];
        for (int step = 1; step < 3000; step++)
        {
            int best = 0;
            for (int i = 1; i < count; i++)
                if (loads[i] < loads[best] || (loads[i] == loads[best] && turns[i] < turns[best])) best = i;
            Assert.Equal(best, tree.Best);
            int changed = random.Next(count);
            long load = random.Next(5) == 0 ? LoadTree.None : random.Next(4);
            if (random.Next(2) == 0)
            {
                tree.Set(changed, load);
            }
            else
            {
                changed = best;
                turns[best] = step;
                tree.Choose(best, load);
            }
            loads[changed] = load;
            Assert.Equal(load, tree.Load(changed));
        }
    }
}
