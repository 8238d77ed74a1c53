using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Tables;
using Engine.Data.Time;
using Xunit;

namespace Tests.Data.Time;

public sealed unsafe class TimerWheelTests
{
    private const int Rows = 64;

    private sealed class Bench
    {
        public readonly Timer* Timers = (Timer*)NativeRegion.Reserve((nuint)(sizeof(Timer) * Rows * 2));
        public readonly TimerWheel Wheel;

        public Bench(uint nowMs)
        {
            Wheel = new TimerWheel(Timers, sizeof(Timer), Timers + Rows, sizeof(Timer), 0);
            Wheel.Start(nowMs);
        }

        public ref Timer At(uint kind, uint row) => ref Timers[kind == 0 ? row : Rows + row];

        public void Set(uint kind, uint row, uint due) => Wheel.Set(kind, row, ref At(kind, row), due);

        public uint[] Expire(uint nowMs, uint room = 128)
        {
            uint* expired = stackalloc uint[(int)room];
            uint count = Wheel.Expire(nowMs, expired, room);
            return new Span<uint>(expired, (int)count).ToArray();
        }
    }

    public static TheoryData<uint> Starts => [0, 1, 1023, 1024, 1_000_000, uint.MaxValue - 2000, uint.MaxValue - 5];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Every_timer_expires_at_its_millisecond_and_not_before(uint start)
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            Bench bench = new(start);
            Dictionary<uint, uint> due = [];
            for (uint row = 0; row < Rows; row++)
            {
                uint delay = (uint)random.Next(1, random.Next(2) == 0 ? 50 : 5000);
                uint at = TimerWheel.After(start, delay);
                bench.Set(row & 1, row, at);
                due[TimerWheel.NumberOf(row & 1, row)] = at;
            }
            uint now = start;
            while (due.Count > 0)
            {
                now += (uint)random.Next(1, 200);
                uint[] expired = bench.Expire(now);
                uint[] expected = due.Where(pair => (int)(pair.Value - now) <= 0).Select(pair => pair.Key).ToArray();
                Assert.Equal(expected.Order(), expired.Order());
                foreach (uint number in expired) due.Remove(number);
                if (due.Count > 0) Assert.InRange(bench.Wheel.NextDelayMs(now), 0, due.Values.Min(at => (int)(at - now)));
            }
            Assert.Equal(-1, bench.Wheel.NextDelayMs(now));
        }
    }

    [Fact]
    public void Moving_later_is_found_out_when_the_old_place_comes_up()
    {
        Bench bench = new(1000);
        bench.Set(0, 3, 1010);
        bench.Set(0, 3, 1500);
        Assert.Equal(1010u, bench.At(0, 3).Placed);
        Assert.Empty(bench.Expire(1499));
        Assert.Equal([TimerWheel.NumberOf(0, 3)], bench.Expire(1500));
    }

    /// <summary>The two places share a slot of the first level: looking at the one must not meet the other.</summary>
    [Theory]
    [InlineData(2047u)]
    [InlineData(uint.MaxValue)]
    public void A_deadline_moves_from_the_end_of_a_block_to_the_end_of_the_next(uint end)
    {
        Bench bench = new(end - 10);
        bench.Set(0, 3, end);
        bench.Set(1, 4, end);
        bench.Set(1, 5, end);
        bench.Set(0, 3, end + 1024);
        uint[] others = [.. bench.Expire(end, room: 1), .. bench.Expire(end, room: 1)];
        Assert.Equal([TimerWheel.NumberOf(1, 4), TimerWheel.NumberOf(1, 5)], others.Order());
        Assert.Empty(bench.Expire(end + 1023));
        Assert.Equal([TimerWheel.NumberOf(0, 3)], bench.Expire(end + 1024));
        Assert.Equal(-1, bench.Wheel.NextDelayMs(end + 1024));
    }

    [Fact]
    public void At_the_end_of_a_block_a_near_timer_does_not_hide_an_earlier_one_of_the_second_level()
    {
        Bench bench = new(4338);
        bench.Set(0, 1, 5290);
        Assert.Empty(bench.Expire(5119));
        bench.Set(0, 2, 6100);
        Assert.InRange(bench.Wheel.NextDelayMs(5119), 0, 5290 - 5119);
    }

    [Fact]
    public void Moving_earlier_takes_effect()
    {
        Bench bench = new(1000);
        bench.Set(1, 5, 90_000);
        bench.Set(1, 5, 1003);
        Assert.Equal([TimerWheel.NumberOf(1, 5)], bench.Expire(1003));
        Assert.Empty(bench.Expire(100_000));
    }

    [Fact]
    public void A_cleared_or_removed_timer_never_comes()
    {
        Bench bench = new(1000);
        bench.Set(0, 1, 1005);
        bench.Set(0, 2, 1005);
        bench.Set(0, 1, 0);
        bench.Wheel.Remove(0, 2, ref bench.At(0, 2));
        Assert.Empty(bench.Expire(5000));
        Assert.Equal(-1, bench.Wheel.NextDelayMs(5000));
    }

    [Fact]
    public void Timers_beyond_the_second_level_wait_and_come()
    {
        Bench bench = new(500);
        uint day = 24 * 3600 * 1000;
        bench.Set(0, 1, 500 + day);
        Assert.Empty(bench.Expire(500 + day - 1));
        Assert.Single(bench.Expire(500 + day));
    }

    [Fact]
    public void What_does_not_fit_in_one_batch_comes_in_the_next()
    {
        Bench bench = new(0);
        for (uint row = 0; row < 10; row++) bench.Set(0, row, 20);
        Assert.Equal(4, bench.Expire(25, 4).Length);
        Assert.Equal(4, bench.Expire(25, 4).Length);
        Assert.Equal(2, bench.Expire(25, 4).Length);
        Assert.Empty(bench.Expire(25, 4));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(400u)]
    [InlineData(1500u)]
    [InlineData(200_000u)]
    public void The_next_delay_never_sleeps_past_a_timer(uint delay)
    {
        Bench bench = new(10_000);
        bench.Set(0, 0, 10_000 + delay);
        uint now = 10_000;
        for (int wakeups = 0; wakeups < 1000; wakeups++)
        {
            int next = bench.Wheel.NextDelayMs(now);
            Assert.True(next >= 0);
            now += (uint)Math.Max(next, 0);
            uint[] expired = bench.Expire(now);
            if (expired.Length == 0)
            {
                Assert.True(next > 0);
                continue;
            }
            Assert.Equal(10_000 + delay, now);
            return;
        }
        Assert.Fail("the timer never came");
    }
}
