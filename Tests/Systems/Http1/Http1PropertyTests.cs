using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Engine.Data.Messages;
using Engine.Systems.Http1;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>What holds for any message, by random ones that get smaller when they fail.</summary>
public sealed unsafe class Http1PropertyTests
{
    private const string TokenBytes = "abcxyzABCXYZ0189!#$%&'*+-.^_`|~";

    private static readonly Gen<string> Token =
        Gen.NonEmptyListOf(Gen.Elements<char>(TokenBytes)).Select(list => new string([.. list.Take(60)]));

    // Field values: anything but NUL, CR and LF, no blanks around; Latin-1, a character a byte.
    private static readonly Gen<string> Value =
        Gen.ListOf(Gen.Elements<char>("abc ,;=\"/\t\u0001\u007f\u0080\u00a0\u00ff"))
            .Select(list => new string([.. list]).Trim(' ', '\t'));

    private static readonly Gen<(string Name, string Value)> Field =
        Token.SelectMany(_ => Value, (name, value) => (name, value));

    private static readonly Gen<string> Target =
        Gen.ListOf(Gen.Elements<char>("abc/?%&=;:@\"<>{}|\\^`~")).Select(list => "/" + new string([.. list]));

    private static readonly Gen<(string Method, string Target, (string, string)[] Fields)> Request =
        Token.SelectMany(_ => Target, (method, target) => (method, target))
            .SelectMany(
                _ => Gen.ListOf(Field),
                (line, fields) => (line.method, line.target, fields.Take(90).ToArray()));

    [Fact]
    public void A_written_request_parses_to_what_was_written()
    {
        using HeadBench bench = new(isRequest: true);
        Prop.ForAll(Arb.From(Request), request =>
        {
            (string method, string target, (string Name, string Value)[] fields) = request;
            fields = [.. fields.Where(field => KnownHeaders.Find(Bytes(field.Name)) == KnownHeader.None)];
            byte[] written = Write(bench, method, target, fields);
            if (bench.Parse(written) != HeadResult.Ok || bench.Head->HeadLength != written.Length)
            {
                return false;
            }
            if (bench.Head->MethodName.ToString() != method || bench.Head->Target.ToString() != target)
            {
                return false;
            }
            return SameFields(bench.Head, fields)
                && bench.Write(ConnectionSaid.Nothing).AsSpan().SequenceEqual(Lowered(written, fields));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_give_the_same_result_however_they_arrive()
    {
        using HeadBench request = new(isRequest: true);
        using HeadBench response = new(isRequest: false);
        Prop.ForAll<byte[], PositiveInt>((bytes, cut) =>
        {
            byte[] input = bytes ?? [];
            byte[] dressed = [.. "GET / HTTP/1.1\r\n"u8, .. input, .. "\r\n\r\n"u8];
            return Alike(request, input, cut.Get)
                && Alike(request, dressed, cut.Get)
                && Alike(response, input, cut.Get);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_chunked_body_decodes_to_its_payload_at_any_split()
    {
        Prop.ForAll<byte[][], PositiveInt[], bool>((pieces, cuts, extended) =>
        {
            byte[][] chunks = [.. (pieces ?? []).Where(piece => piece is { Length: > 0 })];
            byte[] payload = [.. chunks.SelectMany(piece => piece)];
            byte[] plain = Encode(chunks, extension: "");
            byte[] body = extended ? Encode(chunks, extension: ";a=b") : plain;
            IEnumerable<int> wanted = (cuts ?? []).Select(cut => cut.Get % body.Length).Where(cut => cut > 0);
            int[] places = [.. wanted.Distinct().Order()];
            ChunkRun decoded = ChunkRun.Of(body, places, decode: true);
            ChunkRun relayed = ChunkRun.Of(body, places, decode: false);
            return decoded.Result == ChunkResult.Done
                && decoded.Output.AsSpan().SequenceEqual(payload)
                && relayed.Output.AsSpan().SequenceEqual(plain);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_a_chunked_body_or_an_error()
    {
        Prop.ForAll<byte[], PositiveInt>((bytes, cut) =>
        {
            byte[] input = bytes ?? [];
            int[] places = input.Length > 1 ? [1 + (cut.Get % (input.Length - 1))] : [];
            ChunkRun whole = ChunkRun.Of(input, [], decode: false);
            ChunkRun cutInTwo = ChunkRun.Of(input, places, decode: false);
            return whole.Result == cutInTwo.Result && whole.Consumed == cutInTwo.Consumed;
        }).QuickCheckThrowOnFailure();
    }

    private static bool Alike(HeadBench bench, byte[] input, int cut)
    {
        HeadResult whole = bench.Parse(input);
        string index = bench.Describe();
        int place = input.Length == 0 ? 0 : cut % input.Length;
        HeadResult pieces = bench.ParsePieces(input, end => end < place ? place : input.Length);
        if (whole != pieces) return whole.IsError() && pieces == HeadResult.Incomplete;
        return whole != HeadResult.Ok || index == bench.Describe();
    }

    private static byte[] Write(
        HeadBench bench, string method, string target, (string Name, string Value)[] fields)
    {
        MessageHead* head = bench.Head;
        *head = default;
        head->FieldCapacity = HeadBench.FieldCapacity;
        head->Version = HttpVersion.Http11;
        head->MethodName = ByteView.Literal(Bytes(method));
        head->Target = ByteView.Literal(Bytes(target));
        foreach ((string name, string value) in fields)
        {
            EditFields.Add(head, ByteView.Literal(Bytes(name)), ByteView.Literal(Bytes(value)));
        }
        byte[] buffer = new byte[64 * 1024];
        return buffer[..WriteHead.Request(head, ConnectionSaid.Nothing, buffer)];
    }

    private static bool SameFields(MessageHead* head, (string Name, string Value)[] expected)
    {
        Span<HeaderField> fields = MessageHead.Fields(head);
        if (fields.Length != expected.Length) return false;
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].NameView.ToString() != Lower(expected[i].Name)) return false;
            if (fields[i].ValueView.ToString() != expected[i].Value) return false;
        }
        return true;
    }

    private static byte[] Lowered(byte[] written, (string Name, string Value)[] fields)
    {
        List<byte> lines = [.. written.AsSpan(0, written.AsSpan().IndexOf((byte)'\n') + 1)];
        foreach ((string name, string value) in fields)
        {
            lines.AddRange(Bytes(Lower(name) + ": " + value + "\r\n"));
        }
        lines.AddRange("\r\n"u8);
        return [.. lines];
    }

    private static byte[] Encode(byte[][] chunks, string extension)
    {
        List<byte> body = [];
        byte[] line = new byte[WriteChunk.HeaderMax];
        foreach (byte[] chunk in chunks)
        {
            int length = WriteChunk.Header(line, (ulong)chunk.Length);
            body.AddRange(line[..(length - 2)]);
            body.AddRange(Bytes(extension));
            body.AddRange(WriteChunk.LineEnd);
            body.AddRange(chunk);
            body.AddRange(WriteChunk.LineEnd);
        }
        body.AddRange(WriteChunk.Last);
        return [.. body];
    }

    private static string Lower(string name) =>
        string.Create(name.Length, name, (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
            }
        });

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
