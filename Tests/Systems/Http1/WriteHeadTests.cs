using System;
using System.Text;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using Tests.Corpora;
using Xunit;

namespace Tests.Systems.Http1;

public sealed unsafe class WriteHeadTests : IDisposable
{
    private readonly HeadBench request = new(isRequest: true);
    private readonly HeadBench response = new(isRequest: false);

    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
    }

    [Theory]
    [InlineData(ConnectionSaid.Nothing, "")]
    [InlineData(ConnectionSaid.Close, "connection: close\r\n")]
    [InlineData(ConnectionSaid.KeepAlive, "connection: keep-alive\r\n")]
    [InlineData(ConnectionSaid.Upgrade, "")]
    public void The_connection_line_is_ours(ConnectionSaid said, string line)
    {
        request.Parse("GET /x HTTP/1.1\r\nConnection: close, upgrade\r\nA: b\r\n\r\n"u8);
        Assert.Equal("GET /x HTTP/1.1\r\na: b\r\n" + line + "\r\n", Text(request.Write(said)));
        response.Parse("HTTP/1.1 200 OK\r\nConnection: close\r\nA: b\r\n\r\n"u8);
        Assert.Equal("HTTP/1.1 200 OK\r\na: b\r\n" + line + "\r\n", Text(response.Write(said)));
    }

    [Fact]
    public void Rewritten_parts_are_written()
    {
        request.Parse("GET /x HTTP/1.1\r\nA: b\r\n\r\n"u8);
        request.Head->Target = ByteView.Literal("/longer/than/before");
        Assert.Equal(
            "GET /longer/than/before HTTP/1.1\r\na: b\r\n\r\n", Text(request.Write(ConnectionSaid.Nothing)));
        request.Head->MethodName = ByteView.Literal("POST");
        Assert.Equal(
            "POST /longer/than/before HTTP/1.1\r\na: b\r\n\r\n", Text(request.Write(ConnectionSaid.Nothing)));
        request.Parse("GET /xyz HTTP/1.1\r\nA: b\r\n\r\n"u8);
        request.Head->Target = request.Head->Target.Slice(0, 2);
        Assert.Equal("GET /x HTTP/1.1\r\na: b\r\n\r\n", Text(request.Write(ConnectionSaid.Nothing)));
        request.Parse("GET /xyz HTTP/1.1\r\nA: b\r\n\r\n"u8);
        request.Head->Version = HttpVersion.Http10;
        Assert.Equal("GET /xyz HTTP/1.0\r\na: b\r\n\r\n", Text(request.Write(ConnectionSaid.Nothing)));

        response.Parse("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"u8);
        response.Head->Status = 404;
        response.Head->Reason = default;
        response.Head->Version = HttpVersion.Http2;
        Assert.Equal("HTTP/1.1 404 Not Found\r\na: b\r\n\r\n", Text(response.Write(ConnectionSaid.Nothing)));
    }

    [Fact]
    public void A_head_is_written_whole_or_not_at_all()
    {
        foreach (CorpusCase one in HeadCorpus.ValidRequests)
        {
            request.Parse(one.Input);
            byte[] whole = request.Write(ConnectionSaid.Close);
            for (int room = 0; room <= whole.Length + 1; room++)
            {
                byte[] space = new byte[room + 1];
                space[room] = 0xEE;
                int length = WriteHead.Request(request.Head, ConnectionSaid.Close, space.AsSpan(0, room));
                Assert.Equal(room < whole.Length ? -1 : whole.Length, length);
                Assert.Equal(0xEE, space[room]);
                if (length > 0) Assert.Equal(Text(whole), Text(space[..length]));
            }
        }
    }

    [Fact]
    public void Lines_are_written_alike_in_runs_and_one_by_one()
    {
        foreach (CorpusCase one in HeadCorpus.ValidRequests)
        {
            request.Parse(one.Input);
            string inRuns = Text(request.Write(ConnectionSaid.Nothing));
            foreach (ref HeaderField field in MessageHead.Fields(request.Head))
            {
                field.Flags &= ~FieldFlags.Canonical;
            }
            Assert.Equal(inRuns, Text(request.Write(ConnectionSaid.Nothing)));
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
