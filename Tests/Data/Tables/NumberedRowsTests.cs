using Engine.Data.Counters;
using Engine.Data.Tables;
using Xunit;

namespace Tests.Data.Tables;

/// <summary>Rows by the numbers of what a configuration has.</summary>
public sealed class NumberedRowsTests
{
    [Fact]
    public void Rows_begin_with_zeroes_and_keep_what_is_written()
    {
        NumberedRows<ServerCounters> rows = new(3);
        Assert.Equal(0UL, rows[2].BytesIn);
        rows[0].BytesIn = 7;
        rows[2].BytesIn += 5;
        Assert.Equal((7UL, 0UL, 5UL), (rows[0].BytesIn, rows[1].BytesIn, rows[2].BytesIn));
    }

    /// <summary>The memory beside them is somebody else's.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_number_of_nothing_fails(int number)
    {
        NumberedRows<ServerCounters> rows = new(3);
        Assert.Throws<CheckFailedException>(() => rows[number].BytesIn++);
    }
}
