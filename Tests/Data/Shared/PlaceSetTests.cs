using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Engine.Data.Shared;
using Xunit;

namespace Tests.Data.Shared;

public sealed class PlaceSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(50_000)]
    public void It_finds_what_a_sorted_set_finds(int count)
    {
        PlaceSet places = new(count);
        SortedSet<int> model = [];
        for (int i = 0; i < count; i++) model.Add(i);
        Random random = new(count);
        Assert.Equal(count > 0 ? 0 : -1, places.Next(0));
        // Nearly all leave, so that the levels above are told.
        for (int step = 0; count > 0 && step < count * 4 && step < 60_000; step++)
        {
            int place = random.Next(count);
            if (step < count * 3 && random.Next(20) > 0)
            {
                places.Remove(place);
                model.Remove(place);
            }
            else
            {
                places.Add(place);
                model.Add(place);
            }
            int from = random.Next(count + 1);
            int expected = model.GetViewBetween(from, Math.Max(from, count)).Min;
            bool isThere = model.Contains(expected) && expected >= from;
            Assert.Equal(isThere ? expected : -1, places.Next(from));
        }
    }

    [Fact]
    public void Places_of_another_list_are_let_pass()
    {
        PlaceSet places = new(3);
        places.Add(3);
        places.Add(1000);
        places.Add(-1);
        Assert.Equal(-1, places.Next(3));
    }

    [Fact]
    public void What_threads_add_is_there_however_often_it_is_taken_out_above()
    {
        const int count = 70_000;
        PlaceSet places = new(count);
        for (int i = 0; i < count; i++) places.Remove(i);
        Assert.Equal(-1, places.Next(0));
        int finished = 0;
        Parallel.For(0, 4, thread =>
        {
            // Each has places of its own, in words that all share: what it put in stays until it takes it out.
            for (int step = 0; step < 20_000; step++)
            {
                int place = (step % 16 * 4096) + thread;
                places.Add(place);
                places.Lock.Enter();
                int found = places.Next(place);
                places.Remove(place);
                places.Lock.Exit();
                if (found != place) return;
            }
            Interlocked.Increment(ref finished);
        });
        Assert.Equal(4, finished);
        Assert.Equal(-1, places.Next(0));
    }
}
