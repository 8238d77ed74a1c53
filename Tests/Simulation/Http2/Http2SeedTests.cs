using System;
using System.Globalization;
using Xunit;

namespace Tests.Simulation.Http2;

/// <summary>The real worker under HTTP/2 on both sides, by seeds. SLUICE_SEEDS=from-to looks for new faults.</summary>
public sealed class Http2SeedTests
{
    private const int SeedsInARow = 40;

    [Fact]
    public void Seeds_in_a_row_find_nothing()
    {
        ulong first = 5_000;
        ulong last = first + SeedsInARow - 1;
        if (Environment.GetEnvironmentVariable("SLUICE_SEEDS") is { } range)
        {
            string[] ends = range.Split('-');
            first = ulong.Parse(ends[0], CultureInfo.InvariantCulture);
            last = ulong.Parse(ends[1], CultureInfo.InvariantCulture);
        }
        for (ulong seed = first; seed <= last; seed++)
        {
            string? failure = Http2Run.Run(seed);
            Assert.True(failure == null, $"seed {seed}: {failure}");
        }
    }
}
