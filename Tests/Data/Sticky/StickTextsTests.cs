using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

public sealed class StickTextsTests
{
    [Fact]
    public void A_text_has_one_number_and_the_number_its_text()
    {
        StickTexts texts = new();
        uint first = texts.NumberOf("s1");
        uint second = texts.NumberOf("s2");
        Assert.NotEqual(0u, first);
        Assert.NotEqual(first, second);
        Assert.Equal(first, texts.NumberOf("s1"));
        Assert.Equal("s2", texts.TextOf(second));
        Assert.Equal("", texts.TextOf(0));
        Assert.Equal("", texts.TextOf(second + 1));
    }
}
