using System;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

public sealed unsafe class EditFieldsTests : IDisposable
{
    private readonly HeadBench bench = new(isRequest: true);

    public EditFieldsTests() =>
        bench.Parse("GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nCookie: b\r\nx-one: 2\r\nX-Two: 3\r\n\r\n"u8);

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Fields_are_found_by_number_and_by_name_in_any_case()
    {
        Assert.Equal(0, EditFields.Find(bench.Head, KnownHeader.Host));
        Assert.Equal(2, EditFields.Find(bench.Head, "COOKIE"u8));
        Assert.Equal(1, EditFields.Find(bench.Head, "x-ONE"u8));
        Assert.Equal(3, EditFields.Find(bench.Head, "x-one"u8, from: 2));
        Assert.Equal(-1, EditFields.Find(bench.Head, "x-one"u8, from: 4));
        Assert.Equal(-1, EditFields.Find(bench.Head, KnownHeader.Te));
        Assert.Equal(-1, EditFields.Find(bench.Head, "x-on"u8));
        Assert.Equal(-1, EditFields.Find(bench.Head, ""u8));
    }

    [Fact]
    public void Removed_fields_are_not_there()
    {
        Assert.Equal(2, EditFields.Remove(bench.Head, "X-One"u8));
        Assert.Equal(-1, EditFields.Find(bench.Head, "x-one"u8));
        Assert.Equal(0, EditFields.Remove(bench.Head, "X-One"u8));
        Assert.Equal(1, EditFields.Remove(bench.Head, KnownHeader.Cookie));
        Assert.Equal("GET / HTTP/1.1\r\nhost: a\r\nx-two: 3\r\n\r\n", Written());
        EditFields.RemoveAt(bench.Head, 4);
        Assert.Equal("GET / HTTP/1.1\r\nhost: a\r\n\r\n", Written());
    }

    [Fact]
    public void Added_fields_are_recognised_and_written_as_given()
    {
        Assert.True(
            EditFields.Add(bench.Head, ByteView.Literal("X-Forwarded-For"), ByteView.Literal("1.2.3.4")));
        Assert.True(EditFields.AddFirst(bench.Head, ByteView.Literal("Via"), ByteView.Literal("")));
        Assert.Equal(0, EditFields.Find(bench.Head, KnownHeader.Via));
        Assert.Equal(6, EditFields.Find(bench.Head, KnownHeader.XForwardedFor));
        Assert.Equal(1, EditFields.Find(bench.Head, KnownHeader.Host));
        Assert.Equal(
            "GET / HTTP/1.1\r\nVia: \r\nhost: a\r\nx-one: 1\r\ncookie: b\r\nx-one: 2\r\nx-two: 3\r\n"
            + "X-Forwarded-For: 1.2.3.4\r\n\r\n",
            Written());
    }

    [Fact]
    public void A_value_is_replaced()
    {
        EditFields.SetValue(bench.Head, 1, ByteView.Literal("longer than before"));
        EditFields.SetValue(bench.Head, 4, MessageHead.Fields(bench.Head)[4].ValueView.Slice(0, 0));
        Assert.Equal(
            "GET / HTTP/1.1\r\nhost: a\r\nx-one: longer than before\r\ncookie: b\r\nx-one: 2\r\n"
            + "x-two: \r\n\r\n",
            Written());
    }

    [Fact]
    public void A_full_slot_takes_no_more()
    {
        ByteView name = ByteView.Literal("n");
        while (bench.Head->FieldCount < HeadBench.FieldCapacity)
        {
            Assert.True(EditFields.Add(bench.Head, name, name));
        }
        Assert.False(EditFields.Add(bench.Head, name, name));
        Assert.False(EditFields.AddFirst(bench.Head, name, name));
        Assert.Equal(HeadBench.FieldCapacity, bench.Head->FieldCount);
        Assert.Equal("host", MessageHead.Fields(bench.Head)[0].NameView.ToString());
    }

    [Fact]
    public void Nonsense_is_our_bug()
    {
        Assert.Throws<CheckFailedException>(() => EditFields.RemoveAt(bench.Head, 5));
        Assert.Throws<CheckFailedException>(() => EditFields.Add(bench.Head, default, default));
        Assert.Throws<CheckFailedException>(() =>
            EditFields.Add(bench.Head, ByteView.Literal(new string('n', 65536)), default));
    }

    private string Written() =>
        System.Text.Encoding.Latin1.GetString(bench.Write(ConnectionSaid.Nothing));
}
