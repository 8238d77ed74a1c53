using System;
using Engine.Systems.Persist;
using Xunit;

namespace Tests.Systems.Persist;

public sealed class CookieDateTests
{
    [Theory]
    [InlineData(1795779548u, "awlr3")]
    [InlineData(0u, "AAAAA")]
    [InlineData(1u, "AAAAB")]
    [InlineData(uint.MaxValue, "AAAAA")]
    public void Times_are_written_in_units_of_four_seconds(uint seconds, string expected)
    {
        Span<byte> text = stackalloc byte[CookieDate.Length];
        Assert.Equal(CookieDate.Length, CookieDate.Write(text, seconds));
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void What_was_written_is_read_rounded_up()
    {
        Span<byte> text = stackalloc byte[CookieDate.Length];
        for (uint seconds = 1; seconds < uint.MaxValue - 1_000_000; seconds += 999_983)
        {
            CookieDate.Write(text, seconds);
            Assert.Equal((seconds + 3) / 4 * 4, CookieDate.Read(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAA")]
    [InlineData("AAA*A")]
    public void What_is_no_date_is_none(string text) =>
        Assert.Equal(0u, CookieDate.Read(System.Text.Encoding.ASCII.GetBytes(text)));
}
