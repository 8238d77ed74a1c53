using System;
using System.Text;
using BenchmarkDotNet.Attributes;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Systems.Http1;

namespace Benchmarks.Micro;

/// <summary>
/// What HTTP/1 costs a message: parsing and writing the heads of a browser's exchange, following a chunked
/// body. Each parse starts from the bytes as received, names in their original case: the copy is a part of
/// what is measured.
/// </summary>
[MemoryDiagnoser]
[AllocatesNothing]
public unsafe class Http1Benchmarks
{
    private const int FieldCapacity = 165;
    private const int ChunkSize = 1024;
    private const int Chunks = 16;

    private static readonly HeadLimits Limits = new() { BytesMax = 15360, FieldsMax = 101 };

    private readonly byte* buffer = (byte*)NativeRegion.Reserve(64 * 1024);
    private readonly byte* output = (byte*)NativeRegion.Reserve(64 * 1024);
    private readonly MessageHead* head =
        (MessageHead*)NativeRegion.Reserve((nuint)MessageHead.SlotSize(FieldCapacity));
    private byte[] chunked = [];

    private static readonly byte[] SmallRequest = Message("""
        GET / HTTP/1.1
        Host: 127.0.0.1:8080


        """);

    private static readonly byte[] BrowserRequest = Message("""
        GET /articles/2026/11/index.html?page=2&sort=date HTTP/1.1
        Host: www.example.com
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
        Accept-Language: en-US,en;q=0.5
        Accept-Encoding: gzip, deflate, br
        Connection: keep-alive
        Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; consent=yes
        Upgrade-Insecure-Requests: 1
        Sec-Fetch-Dest: document
        Cache-Control: max-age=0


        """);

    private static readonly byte[] OriginResponse = Message("""
        HTTP/1.1 200 OK
        Date: Sun, 06 Nov 1994 08:49:37 GMT
        Server: origin/1.0
        Content-Type: text/html; charset=utf-8
        Content-Length: 100
        Connection: keep-alive
        Cache-Control: private, max-age=0
        Set-Cookie: session=0123456789abcdef; Path=/; HttpOnly
        Vary: Accept-Encoding


        """);

    [GlobalSetup]
    public void Setup()
    {
        head->FieldCapacity = FieldCapacity;
        chunked = new byte[(Chunks * (ChunkSize + 7)) + 5];
        int at = 0;
        for (int i = 0; i < Chunks; i++)
        {
            at += WriteChunk.Header(chunked.AsSpan(at), ChunkSize);
            at += ChunkSize;
            WriteChunk.LineEnd.CopyTo(chunked.AsSpan(at));
            at += 2;
        }
        WriteChunk.Last.CopyTo(chunked.AsSpan(at));
        Check.That(ParseSmallRequest() == HeadResult.Ok);
        Check.That(ParseResponse() == HeadResult.Ok);
        Check.That(ParseRequest() == HeadResult.Ok);
        Check.That(ScanChunkedBody() == chunked.Length);
    }

    [Benchmark]
    public HeadResult ParseSmallRequest() => Parse(SmallRequest, isRequest: true);

    [Benchmark(Baseline = true)]
    public HeadResult ParseRequest() => Parse(BrowserRequest, isRequest: true);

    [Benchmark]
    public HeadResult ParseResponse() => Parse(OriginResponse, isRequest: false);

    [Benchmark]
    public int ParseAndWriteRequest()
    {
        Parse(BrowserRequest, isRequest: true);
        return WriteHead.Request(head, ConnectionSaid.Nothing, new Span<byte>(output, 64 * 1024));
    }

    [Benchmark]
    public int ParseAndWriteResponse()
    {
        Parse(OriginResponse, isRequest: false);
        return WriteHead.Response(head, ConnectionSaid.Nothing, new Span<byte>(output, 64 * 1024));
    }

    /// <summary>16 chunks of 1 KiB in one segment.</summary>
    [Benchmark]
    public int ScanChunkedBody()
    {
        BodyState state = new() { Kind = BodyKind.Chunked };
        ScanChunked.Run(ref state, chunked, out int consumed, out _);
        return consumed;
    }

    private static byte[] Message(string text) =>
        Encoding.ASCII.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));

    private HeadResult Parse(byte[] text, bool isRequest)
    {
        text.CopyTo(new Span<byte>(buffer, text.Length));
        int scanned = 0;
        return isRequest
            ? ParseRequestHead.Run(buffer, text.Length, ref scanned, head, Limits)
            : ParseResponseHead.Run(buffer, text.Length, ref scanned, head, Limits);
    }
}
