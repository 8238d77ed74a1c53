using Engine.Data.Messages;
using Xunit;

namespace Tests.Data.Messages;

public sealed unsafe class MessageLayoutTests
{
    [Fact]
    public void Sizes_are_as_declared()
    {
        Assert.Equal(24, sizeof(HeaderField));
        Assert.Equal(24, sizeof(BodyState));
        Assert.Equal(16, sizeof(ByteView));
        Assert.Equal(128, sizeof(MessageHead));
    }

    [Theory]
    [InlineData("/a/b?c=d?e", "/a/b", "c=d?e")]
    [InlineData("/a", "/a", "")]
    [InlineData("/?", "/", "")]
    [InlineData("?x", "", "x")]
    [InlineData("", "", "")]
    public void A_path_ends_at_its_query(string pathAndQuery, string path, string query)
    {
        MessageHead head = new() { PathAndQuery = ByteView.Literal(pathAndQuery) };
        Assert.Equal(path, head.Path.ToString());
        Assert.Equal(query, head.Query.ToString());
    }

    [Fact]
    public void Removed_shares_its_byte()
    {
        HeaderField field = new() { Flags = FieldFlags.Canonical };
        field.Removed = true;
        Assert.Equal(FieldFlags.Canonical | FieldFlags.Removed, field.Flags);
        Assert.True(field.Removed);
        field.Removed = false;
        Assert.Equal(FieldFlags.Canonical, field.Flags);
    }

    [Theory]
    [InlineData(HeadResult.Incomplete, 0)]
    [InlineData(HeadResult.Ok, 0)]
    [InlineData(HeadResult.TooLarge, 431)]
    [InlineData(HeadResult.TargetTooLong, 414)]
    [InlineData(HeadResult.UnsupportedCoding, 422)]
    [InlineData(HeadResult.BadName, 400)]
    [InlineData(HeadResult.UnexpectedBody, 400)]
    public void A_result_has_its_status(HeadResult result, int status)
    {
        Assert.Equal(status, result.RequestStatus());
        Assert.Equal(status != 0, result.IsError());
    }

    [Fact]
    public void Every_status_has_words()
    {
        for (int status = 100; status < 1000; status++) Assert.False(ReasonPhrase.Of(status).IsEmpty);
        Assert.Equal("OK"u8.ToArray(), ReasonPhrase.Of(200).ToArray());
        Assert.Equal("Client Error"u8.ToArray(), ReasonPhrase.Of(499).ToArray());
        Assert.Equal("Other"u8.ToArray(), ReasonPhrase.Of(999).ToArray());
    }
}
