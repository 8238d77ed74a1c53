using System;
using System.Collections.Generic;
using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

public sealed class StickRateTests
{
    [Fact]
    public void Events_of_the_period_under_way_count_whole()
    {
        StickRate rate = default;
        rate.Add(3, 1000, 5);
        rate.Add(4, 1000, 900);
        Assert.Equal(7u, rate.Read(1000, 901));
    }

    [Fact]
    public void Events_of_the_period_before_fade()
    {
        StickRate rate = default;
        rate.Add(100, 1000, 1);
        rate.Add(10, 1000, 1001);
        Assert.Equal(110u, rate.Read(1000, 1001));
        Assert.Equal(60u, rate.Read(1000, 1501));
        Assert.Equal(10u, rate.Read(1000, 2001));
        Assert.Equal(0u, rate.Read(1000, 3002));
    }

    [Fact]
    public void A_single_event_reads_as_one_until_its_period_is_twice_over()
    {
        StickRate rate = default;
        rate.Add(1, 1000, 1);
        Assert.Equal(1u, rate.Read(1000, 1900));
        Assert.Equal(0u, rate.Read(1000, 2100));
    }

    [Fact]
    public void A_pause_of_two_periods_forgets()
    {
        StickRate rate = default;
        rate.Add(50, 1000, 1);
        rate.Add(1, 1000, 5000);
        Assert.Equal(1u, rate.Read(1000, 5000));
    }

    [Fact]
    public void Time_wraps()
    {
        StickRate rate = default;
        rate.Add(5, 1000, uint.MaxValue - 100);
        rate.Add(5, 1000, 100);
        Assert.Equal(10u, rate.Read(1000, 200));
    }

    [Fact]
    public void A_rate_lies_between_the_events_of_the_last_period_and_of_the_last_two()
    {
        Random random = new(7);
        for (int run = 0; run < 200; run++)
        {
            uint period = 1 + (uint)random.Next(5000);
            uint nowMs = (uint)random.Next() * 2;
            StickRate rate = default;
            List<(uint AtMs, uint Count)> events = [];
            for (int i = 0; i < 100; i++)
            {
                nowMs += (uint)random.Next(1 + (int)(period / 4));
                uint count = (uint)random.Next(10);
                rate.Add(count, period, nowMs);
                events.Add((nowMs, count));
                uint read = rate.Read(period, nowMs);
                uint under = 0;
                uint twice = 0;
                foreach ((uint at, uint amount) in events)
                {
                    if (at - rate.BeganMs <= nowMs - rate.BeganMs) under += amount;
                    if (nowMs - at < period * 2) twice += amount;
                }
                Assert.InRange(read, under, twice);
            }
        }
    }

    [Fact]
    public void A_rate_that_was_set_reads_as_it_and_fades()
    {
        StickRate rate = default;
        rate.Set(80, 1000);
        Assert.Equal(80u, rate.Read(1000, 1500));
        Assert.Equal(40u, rate.Read(1000, 2500));
        Assert.Equal(0u, rate.Read(1000, 3500));
        Assert.Equal(0u, rate.Read(0, 1500));
    }
}
