using Engine.Data.Tls;
using Engine.Runtime.Tls.Ocsp;
using Xunit;

namespace Tests.Runtime.Tls;

/// <summary>When which response is fetched, by a clock of the test's.</summary>
public sealed class OcspScheduleTests
{
    private const long Now = 1_000_000;

    private readonly OcspSettings settings = new();
    private readonly OcspSchedule schedule;

    public OcspScheduleTests() => schedule = new OcspSchedule(settings);

    /// <summary>An hour at most, a minute before it is out of date, five minutes at least.</summary>
    [Theory]
    [InlineData(100_000, 3600)]
    [InlineData(2000, 1940)]
    [InlineData(300, 300)]
    [InlineData(-5, 300)]
    public void A_response_is_fetched_again_before_it_is_out_of_date(int goodSeconds, int nextSeconds)
    {
        OcspEntry entry = Entry(1, goodSeconds);
        schedule.Add(entry, Now);
        Assert.Null(schedule.Take(Now, out long wait));
        Assert.Equal(nextSeconds, wait);
        Assert.Same(entry, schedule.Take(Now + nextSeconds, out _));
        entry.Status = OcspStatus.Updated;
        schedule.Finish(entry, Now);
        Assert.Equal(Now + nextSeconds, entry.NextSeconds);
        Assert.Equal((1u, 0u, Now), (entry.Successes, entry.Failures, entry.LastSeconds));
    }

    /// <summary>Two minutes after the first failure, twice as long after each, an hour at most.</summary>
    [Fact]
    public void Failures_in_a_row_are_tried_again_later_and_later()
    {
        OcspEntry entry = Entry(1, null);
        schedule.Add(entry, Now);
        foreach (int delay in (int[])[120, 240, 480, 960, 1920, 3600, 3600])
        {
            Assert.Same(entry, schedule.Take(Now + 100_000, out _));
            entry.Status = OcspStatus.HttpError;
            schedule.Finish(entry, Now);
            Assert.Equal(Now + delay, entry.NextSeconds);
        }
        for (int i = 0; i < 100; i++)
        {
            schedule.Take(Now + 100_000, out _);
            schedule.Finish(entry, Now);
        }
        Assert.Equal(Now + 3600, entry.NextSeconds);
        Assert.Equal(107u, entry.Failures);
    }

    [Fact]
    public void Who_has_nothing_comes_first_and_who_is_asked_for_comes_at_once()
    {
        OcspEntry full = Entry(1, 100_000);
        OcspEntry empty = Entry(2, null);
        schedule.Add(full, Now);
        schedule.Add(empty, Now);
        Assert.Equal([empty, full], schedule.Waiting());
        Assert.Same(empty, schedule.Take(Now, out _));
        schedule.Hurry(empty); // it is under way already
        Assert.Equal([full], schedule.Waiting());
        schedule.Hurry(full);
        Assert.Same(full, schedule.Take(Now, out _));
        Assert.Null(schedule.Take(Now, out long wait));
        Assert.Equal(-1, wait);
    }

    [Fact]
    public void What_was_asked_for_once_has_no_other_turn()
    {
        OcspEntry entry = Entry(1, 100_000);
        entry.IsOnce = true;
        schedule.Add(entry, Now);
        Assert.Same(entry, schedule.Take(Now, out _));
        entry.Status = OcspStatus.Updated;
        schedule.Finish(entry, Now);
        Assert.Empty(schedule.Waiting());
        Assert.Null(schedule.Find(entry.Staple));
    }

    [Fact]
    public void What_is_dropped_while_it_is_under_way_has_no_other_turn()
    {
        OcspEntry entry = Entry(1, null);
        schedule.Add(entry, Now);
        schedule.Take(Now, out _);
        Assert.Equal([entry], schedule.Unused([]));
        schedule.Remove(entry);
        schedule.Finish(entry, Now);
        Assert.Empty(schedule.Waiting());
    }

    private static OcspEntry Entry(byte identifier, int? goodSeconds) => new()
    {
        Staple = new OcspStaple
        {
            Identifier = [identifier],
            Current = goodSeconds is { } good ? new OcspStaple.Response([], (Now + good) * 1000) : null,
        },
        Issuers = [],
    };
}
