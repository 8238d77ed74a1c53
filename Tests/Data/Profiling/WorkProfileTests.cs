using System;
using Engine.Data.Profiling;
using Engine.Data.Tables;
using Xunit;

namespace Tests.Data.Profiling;

/// <summary>What work costs and how long it waits, measured by a clock that counts its readings.</summary>
public sealed unsafe class WorkProfileTests : IDisposable
{
    [ThreadStatic]
    private static long now;

    private readonly RegionLease lease = RegionLease.Begin();
    private readonly RowList list = new(16);

    public WorkProfileTests() => now = 1_000;

    public void Dispose() => lease.Dispose();

    private static long Read() => now += 10;

    private WorkProfile New(ProfilingMode mode, bool countsStreams = false)
    {
        WorkProfile profile = new(16, countsStreams, mode, [list]);
        profile.Start(&Read);
        lease.End();
        return profile;
    }

    private void Work(WorkProfile profile, WorkKind kind, bool isStream, int took)
    {
        foreach (uint row in list.Rows.ToArray())
        {
            if (isStream) profile.BeginStream(kind, list, row);
            else profile.Begin(kind, list, row);
            now += took;
            profile.End();
        }
        list.Clear();
    }

    [Fact]
    public void Waits_and_costs_are_told_apart_by_what_listed_the_row()
    {
        WorkProfile profile = New(ProfilingMode.On);
        list.Add(3);
        now += 100;
        profile.BeginStream(WorkKind.ParseHeads, list, 3);
        list.Clear();
        list.Add(4); // by the phase that is at work
        profile.End();
        Work(profile, WorkKind.EvaluateRules, isStream: true, took: 500);
        WorkEntry first = profile.Entry(WorkKind.ParseHeads, WorkKind.Kernel);
        Assert.Equal((1UL, 110UL), (first.Calls, first.LatencyNanoseconds));
        WorkEntry second = profile.Entry(WorkKind.EvaluateRules, WorkKind.ParseHeads);
        Assert.Equal((1UL, 510UL, 20UL), (second.Calls, second.CpuNanoseconds, second.LatencyNanoseconds));
        Assert.Equal(510UL, profile.AddressOf(4)->CpuNanoseconds);
        profile.Forget(4);
        Assert.Equal(0UL, profile.AddressOf(4)->Calls);
    }

    [Fact]
    public void Nothing_is_measured_while_it_is_off()
    {
        WorkProfile profile = New(ProfilingMode.Off);
        long before = now;
        list.Add(1);
        Work(profile, WorkKind.SendBytes, isStream: false, took: 0);
        Assert.Equal(before, now); // the clock was not read
        Assert.False(profile.Watches);
        Assert.Equal(0UL, profile.Entry(WorkKind.SendBytes, WorkKind.Kernel).Calls);
    }

    [Fact]
    public void Calls_of_streams_are_counted_where_an_expression_asks()
    {
        WorkProfile profile = New(ProfilingMode.Off, countsStreams: true);
        list.Add(2);
        Work(profile, WorkKind.PickServers, isStream: true, took: 5);
        list.Add(2);
        Work(profile, WorkKind.ForwardBodies, isStream: true, took: 5);
        Assert.Equal((2UL, 0UL), (profile.AddressOf(2)->Calls, profile.AddressOf(2)->CpuNanoseconds));
    }

    [Fact]
    public void On_begins_anew_and_off_keeps_what_there_is()
    {
        WorkProfile profile = New(ProfilingMode.On);
        list.Add(1);
        Work(profile, WorkKind.SendBytes, isStream: false, took: 5);
        profile.Set(ProfilingMode.Off);
        Assert.Equal(1UL, profile.Entry(WorkKind.SendBytes, WorkKind.Kernel).Calls);
        Assert.NotEqual(0, profile.StoppedNanoseconds);
        list.Add(1); // long before measuring begins again
        now += 1_000_000;
        profile.Set(ProfilingMode.On);
        Work(profile, WorkKind.SendBytes, isStream: false, took: 5);
        WorkEntry entry = profile.Entry(WorkKind.SendBytes, WorkKind.Kernel);
        Assert.Equal((1UL, 0UL), (entry.Calls, entry.LatencyNanoseconds));
    }

    [Fact]
    public void Auto_follows_how_long_ticks_take()
    {
        WorkProfile profile = New(ProfilingMode.Auto);
        for (int i = 0; i < 100; i++) profile.Ticked(1_500_000, 1);
        Assert.False(profile.IsOn); // not on average yet
        for (int i = 0; i < 2_000; i++) profile.Ticked(1_500_000, 1);
        Assert.True(profile.IsOn);
        for (int i = 0; i < 2_000; i++) profile.Ticked(1_500_000, 1_000); // many completions are no delay
        Assert.False(profile.IsOn);
    }
}
