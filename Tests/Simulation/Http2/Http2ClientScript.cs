using System;
using System.Collections.Generic;
using Benchmarks.Simulation;
using Engine.Data.Http2;
using Engine.Runtime.Kernel.Simulated;

namespace Tests.Simulation.Http2;

/// <summary>A client of the engine: opens its streams, some at once, and verifies every byte of their answers.</summary>
internal sealed class Http2ClientScript : IDisposable
{
    private readonly SimulatedNetwork network;
    private readonly Http2Endpoint endpoint;
    private readonly Dice dice;
    private readonly StreamPlan[] plans;
    private readonly Dictionary<uint, StreamPlan> open = [];
    private readonly Dictionary<StreamPlan, int> received = [];
    private int next;
    private uint number = 1;

    public Http2ClientScript(SimulatedNetwork network, SimulatedPeer peer, StreamPlan[] plans, Dice dice, int window)
    {
        (this.network, this.plans, this.dice) = (network, plans, dice);
        endpoint = new Http2Endpoint(peer, network, dice.Fork(), isClient: true, window)
        {
            HeadCame = TakeHead,
            DataCame = TakeData,
            ResetCame = TakeReset,
            Ended = TakeEnd,
        };
        network.After(2, OpenSome);
    }

    public bool IsDone => endpoint.IsClosed;

    private void OpenSome()
    {
        if (endpoint.IsClosed) return;
        for (int left = dice.Between(1, 6); left > 0 && next < plans.Length; left--) Open(plans[next++]);
        if (next < plans.Length) network.After(dice.Milliseconds(0, 3), OpenSome);
    }

    private void Open(StreamPlan plan)
    {
        uint stream = number;
        number += 2;
        open.Add(stream, plan);
        List<string> fields =
        [
            $":method: {plan.Method}", ":scheme: http", $":path: {plan.Path}", $":authority: {plan.Authority}", $"x-id: {plan.Id}",
            .. plan.Fields,
        ];
        foreach (string crumb in plan.Crumbs) fields.Insert(dice.Between(4, fields.Count), $"cookie: {crumb}");
        byte[]? body = null;
        if (plan.BodyBytes >= 0)
        {
            body = new byte[plan.BodyBytes];
            Pattern.Fill(body, plan.Id, Pattern.ToServer, 0);
            if (plan.TellsLength) fields.Add($"content-length: {plan.BodyBytes}");
        }
        endpoint.Send(stream, fields, body, plan.Trailer);
        if (plan.ClientResetsAt < 0) return;
        network.After(dice.Milliseconds(0.01, 20), () =>
        {
            if (plan.IsOver || endpoint.IsClosed) return;
            plan.GaveUp = true;
            endpoint.Reset(stream, Http2Error.Cancel);
            FinishWhenDone();
        });
    }

    private void TakeHead(uint stream, List<string> fields, bool ends)
    {
        StreamPlan plan = open[stream];
        if (plan.GaveUp) return;
        bool isRight = fields.Contains(":status: 200") && fields.Contains($"x-answer: {plan.Id}");
        if (!isRight && plan.IsSound && !received.ContainsKey(plan))
            throw Stage.Fail($"stream {stream} of {plan.Id} was answered with {string.Join(" | ", fields)}");
        if (!isRight && !received.ContainsKey(plan)) plan.GaveUp = true; // an answer of the engine's own
        else received.TryAdd(plan, 0);
        if (ends) Finish(plan);
    }

    private void TakeData(uint stream, byte[] bytes, bool ends)
    {
        StreamPlan plan = open[stream];
        if (received.TryGetValue(plan, out int before))
        {
            int difference = Pattern.FirstDifference(bytes, plan.Id, Pattern.ToClient, before);
            if (difference >= 0) throw Stage.Fail($"wrong byte {before + difference} in the answer of {plan.Id}");
            received[plan] = before + bytes.Length;
        }
        if (ends) Finish(plan);
    }

    private void Finish(StreamPlan plan)
    {
        if (!plan.GaveUp)
        {
            if (received[plan] != plan.AnswerBytes)
                throw Stage.Fail($"the answer of {plan.Id} ends whole with {received[plan]} of {plan.AnswerBytes} bytes");
            plan.Answered = true;
        }
        FinishWhenDone();
    }

    private void TakeReset(uint stream)
    {
        StreamPlan plan = open[stream];
        if (plan.IsSound && !plan.Answered) throw Stage.Fail($"stream {stream} of {plan.Id} was reset");
        plan.GaveUp = true;
        FinishWhenDone();
    }

    private void TakeEnd()
    {
        foreach (StreamPlan plan in plans)
        {
            if (plan.IsSound && !plan.Answered) throw Stage.Fail($"the connection ended before {plan.Id} was answered");
            plan.GaveUp |= !plan.Answered;
        }
    }

    private void FinishWhenDone()
    {
        foreach (StreamPlan plan in plans)
            if (!plan.IsOver) return;
        network.After(dice.Milliseconds(0.1, 5), endpoint.Close);
    }

    public void Dispose() => endpoint.Dispose();
}
