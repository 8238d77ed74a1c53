using System;
using System.Globalization;
using System.Text;
using Engine.Data.Tables;
using Engine.Data.Text;
using Xunit;

namespace Tests.Data.Text;

public sealed class WriteNumberTests
{
    [Fact]
    public void Numbers_around_every_power()
    {
        Compare(0);
        Compare(ulong.MaxValue);
        for (ulong power = 1; power <= ulong.MaxValue / 10; power *= 10) CompareAround(power);
        for (int bit = 0; bit < 64; bit++) CompareAround(1UL << bit);
    }

    [Fact]
    public void A_destination_too_small_is_our_bug()
    {
        Assert.Throws<CheckFailedException>(() => WriteNumber.Decimal(new byte[2], 100));
        Assert.Throws<CheckFailedException>(() => WriteNumber.Hex(new byte[2], 0x100));
    }

    private static void CompareAround(ulong value)
    {
        Compare(value - 1);
        Compare(value);
        Compare(value + 1);
    }

    private static void Compare(ulong value)
    {
        Span<byte> text = stackalloc byte[WriteNumber.DecimalMax];
        int length = WriteNumber.Decimal(text, value);
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text[..length]));
        length = WriteNumber.Hex(text, value);
        Assert.Equal(
            value.ToString("x", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text[..length]));
    }
}
