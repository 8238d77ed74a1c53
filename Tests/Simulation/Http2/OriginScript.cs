using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Benchmarks.Simulation;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Tests.Simulation.Http2;

/// <summary>What both kinds of origin know: what a request must look like, and what its answer is.</summary>
internal static class OriginScript
{
    /// <summary>The plan that a request belongs to; the run fails when it is not what the client's frames said.</summary>
    public static StreamPlan Find(
        StreamPlan[] plans, string method, string path, string authority, List<(string Name, string Value)> fields)
    {
        string id = fields.SingleOrDefault(field => field.Name == "x-id").Value ?? "";
        StreamPlan plan = plans.SingleOrDefault(one => $"{one.Id}" == id) ?? throw Stage.Fail($"a request of nobody: {path}");
        string[] seen = [.. fields.Where(field => field.Name.StartsWith("x-") && field.Name != "x-id").Select(field => $"{field.Name}: {field.Value}")];
        string cookies = string.Join("; ", fields.Where(field => field.Name == "cookie").Select(field => field.Value));
        bool isSame = method == plan.Method && path == plan.Path && authority == plan.Authority && seen.SequenceEqual(plan.Fields)
            && cookies.Split("; ", StringSplitOptions.RemoveEmptyEntries).Order().SequenceEqual(plan.Crumbs.Order());
        if (!isSame)
            throw Stage.Fail($"{plan.Id} became {method} {path} of {authority}: {string.Join(" | ", seen)} | {cookies}");
        return plan;
    }

    public static void Verify(StreamPlan plan, ReadOnlySpan<byte> piece, int before)
    {
        int difference = Pattern.FirstDifference(piece, plan.Id, Pattern.ToServer, before);
        if (difference >= 0) throw Stage.Fail($"wrong byte {before + difference} in the body of {plan.Id}");
    }

    public static void Complete(StreamPlan plan, int bytes, string? trailer)
    {
        if (bytes != Math.Max(plan.BodyBytes, 0)) throw Stage.Fail($"{plan.Id} ends whole with {bytes} of {plan.BodyBytes} bytes");
        if (trailer != plan.Trailer) throw Stage.Fail($"{plan.Id} ends with trailer '{trailer}'");
        plan.Arrived = true;
    }

    public static byte[] Body(StreamPlan plan)
    {
        byte[] body = new byte[plan.AnswerBytes];
        Pattern.Fill(body, plan.Id, Pattern.ToClient, 0);
        return body;
    }
}

/// <summary>An origin that speaks HTTP/1.</summary>
internal sealed class PlainOriginScript
{
    private readonly SimulatedNetwork network;
    private readonly SimulatedPeer peer;
    private readonly StreamPlan[] plans;
    private readonly Dice dice;
    private readonly MessageReader reader = new();
    private readonly byte[] scratch = new byte[65_536];
    private byte[] output = [];
    private StreamPlan? plan;
    private bool answers;
    private bool isClosed;

    public PlainOriginScript(SimulatedNetwork network, SimulatedPeer peer, StreamPlan[] plans, Dice dice)
    {
        (this.network, this.peer, this.plans, this.dice) = (network, peer, plans, dice);
        peer.Changed = _ => Pump();
    }

    private void Pump()
    {
        while (!isClosed)
        {
            int count = peer.Read(scratch);
            if (count == -Errno.Again) break;
            if (count <= 0)
            {
                Close();
                return;
            }
            Take(scratch.AsSpan(0, count));
        }
        while (!isClosed && output.Length > 0)
        {
            int count = peer.Send(output.AsSpan(0, Math.Min(output.Length, dice.Of(1, 100, 50_000))));
            if (count <= 0) return;
            output = output[count..];
        }
    }

    private void Take(ReadOnlySpan<byte> input)
    {
        while (true)
        {
            switch (reader.Read(ref input, out ReadOnlySpan<byte> piece))
            {
                case MessageEvent.More:
                    return;
                case MessageEvent.Head:
                    Begin();
                    break;
                case MessageEvent.Body:
                    OriginScript.Verify(plan!, piece, (int)reader.BodyBytes - piece.Length);
                    break;
                case MessageEvent.Done when answers:
                    if (!input.IsEmpty) throw Stage.Fail($"bytes behind the request {plan!.Id}");
                    return;
                case MessageEvent.Done:
                    Complete();
                    break;
                default:
                    throw Stage.Fail($"a malformed request: {reader.StartLine}");
            }
        }
    }

    private void Begin()
    {
        string[] parts = reader.StartLine.Split(' ');
        if (parts.Length != 3 || parts[2] != "HTTP/1.1") throw Stage.Fail($"a request line: {reader.StartLine}");
        plan = OriginScript.Find(plans, parts[0], parts[1], reader.Find("host") ?? "", [.. reader.Fields]);
        (BodyForm form, long length) = reader.Announced();
        reader.Expect(form, length);
    }

    private void Complete()
    {
        answers = true;
        OriginScript.Complete(plan!, (int)reader.BodyBytes, reader.Trailers.SingleOrDefault());
        network.After(Math.Max(plan!.AnswerDelay, 1), Answer);
    }

    private void Answer()
    {
        if (isClosed) return;
        byte[] body = OriginScript.Body(plan!);
        string form = plan!.AnswerTellsLength ? $"Content-Length: {body.Length}" : "Transfer-Encoding: chunked";
        List<byte> answer = [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nX-Answer: {plan.Id}\r\n{form}\r\n\r\n")];
        if (plan.AnswerTellsLength) answer.AddRange(body);
        else AddChunks(answer, body);
        if (plan.OriginResetsAt >= 0)
        {
            output = [.. answer[..Math.Min(plan.OriginResetsAt, answer.Count - 1)]];
            network.After(dice.Milliseconds(0.01, 5), Close);
        }
        else
        {
            output = [.. answer];
            answers = false;
            reader.Restart();
        }
        Pump();
    }

    private void AddChunks(List<byte> answer, byte[] body)
    {
        for (int at = 0; at < body.Length;)
        {
            int part = Math.Min(body.Length - at, dice.Of(1, 500, 20_000));
            answer.AddRange(Encoding.Latin1.GetBytes($"{part:x}\r\n"));
            answer.AddRange(body.AsSpan(at, part));
            answer.AddRange("\r\n"u8);
            at += part;
        }
        answer.AddRange("0\r\n\r\n"u8);
    }

    private void Close()
    {
        if (isClosed) return;
        isClosed = true;
        peer.Close();
    }
}

/// <summary>An origin that speaks HTTP/2.</summary>
internal sealed class Http2OriginScript : IDisposable
{
    private readonly SimulatedNetwork network;
    private readonly StreamPlan[] plans;
    private readonly Dice dice;
    private readonly Http2Endpoint endpoint;
    private readonly Dictionary<uint, (StreamPlan Plan, int Bytes)> requests = [];

    public Http2OriginScript(SimulatedNetwork network, SimulatedPeer peer, StreamPlan[] plans, Dice dice, int window)
    {
        (this.network, this.plans, this.dice) = (network, plans, dice);
        endpoint = new Http2Endpoint(peer, network, dice.Fork(), isClient: false, window)
        {
            HeadCame = TakeHead,
            DataCame = TakeData,
        };
    }

    private void TakeHead(uint stream, List<string> fields, bool ends)
    {
        if (requests.TryGetValue(stream, out (StreamPlan Plan, int Bytes) request))
        {
            Complete(stream, request.Plan, request.Bytes, fields.Single());
            return;
        }
        List<(string Name, string Value)> parts = [];
        foreach (string field in fields)
        {
            int colon = field.IndexOf(": ", StringComparison.Ordinal);
            parts.Add((field[..colon], field[(colon + 2)..]));
        }
        string Of(string name) => parts.SingleOrDefault(part => part.Name == name).Value ?? "";
        if (Of(":scheme") != "http" || parts.Exists(part => part.Name is "connection" or "transfer-encoding"))
            throw Stage.Fail($"a head of {string.Join(" | ", fields)}");
        StreamPlan plan = OriginScript.Find(plans, Of(":method"), Of(":path"), Of(":authority"), parts);
        requests[stream] = (plan, 0);
        if (ends) Complete(stream, plan, 0, null);
    }

    private void TakeData(uint stream, byte[] bytes, bool ends)
    {
        (StreamPlan plan, int before) = requests[stream];
        OriginScript.Verify(plan, bytes, before);
        requests[stream] = (plan, before + bytes.Length);
        if (ends) Complete(stream, plan, before + bytes.Length, null);
    }

    private void Complete(uint stream, StreamPlan plan, int bytes, string? trailer)
    {
        OriginScript.Complete(plan, bytes, trailer);
        network.After(Math.Max(plan.AnswerDelay, 1), () => Answer(stream, plan));
    }

    private void Answer(uint stream, StreamPlan plan)
    {
        if (endpoint.IsClosed) return;
        if (plan.OriginResetsAt == 0)
        {
            endpoint.Reset(stream, dice.Of(Http2Error.RefusedStream, Http2Error.Internal));
            return;
        }
        List<string> fields = [":status: 200", $"x-answer: {plan.Id}"];
        if (plan.AnswerTellsLength) fields.Add($"content-length: {plan.AnswerBytes}");
        bool isEmpty = plan.AnswerBytes == 0 && dice.Percent(50);
        endpoint.Send(stream, fields, isEmpty ? null : OriginScript.Body(plan), null);
        if (plan.OriginResetsAt > 0)
            network.After(dice.Milliseconds(0, 3), () => endpoint.Reset(stream, Http2Error.Internal));
    }

    public void Dispose() => endpoint.Dispose();
}
