using System;
using System.Globalization;
using System.Text;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

public sealed class WriteDateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(784_111_777)]
    [InlineData(951_782_399)]
    [InlineData(951_782_400)]
    [InlineData(951_868_800)]
    [InlineData(4_107_542_399)]
    [InlineData(4_107_542_400)]
    [InlineData(WriteDate.SecondsMax)]
    public void A_date_is_what_the_platform_says(long seconds) => Compare(seconds);

    [Fact]
    public void Every_day_of_four_hundred_years()
    {
        for (int day = 0; day < 146_097; day++) Compare((day * 86_400L) + (day % 86_400));
    }

    private static void Compare(long seconds)
    {
        Span<byte> text = stackalloc byte[WriteDate.Length];
        Assert.Equal(WriteDate.Length, WriteDate.Run(text, seconds));
        string expected =
            DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(expected, Encoding.ASCII.GetString(text));
    }
}
