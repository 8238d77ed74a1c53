using System;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Parse;

/// <summary>
/// Keeps a head that broke the protocol for <c>show errors</c>. Heads that are only too large are none, and what came
/// in frames of HTTP/2 is not shown: nobody sent it in this form.
/// </summary>
internal static unsafe class CaptureMessage
{
    public static void Request(World world, uint row, ref Connection connection, ref Stream stream, HeadResult result)
    {
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) return;
        MessageCaptureFacts facts = Facts(in connection, in stream, result);
        facts.Client = world.Client[row].Source;
        facts.Backend = -1;
        facts.Server = -1;
        Keep(world, world.Shared.BadMessages.Request(stream.Frontend), ref connection, in facts, result);
    }

    public static void Response(World world, ref Connection connection, ref Stream stream, HeadResult result)
    {
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) return;
        MessageCaptureFacts facts = Facts(in connection, in stream, result);
        facts.Client = world.Client[stream.Client].Source;
        facts.Backend = stream.Backend;
        facts.Server = stream.ServerNumber;
        Keep(world, world.Shared.BadMessages.Response(stream.Backend), ref connection, in facts, result);
    }

    private static MessageCaptureFacts Facts(in Connection connection, in Stream stream, HeadResult result) => new()
    {
        Frontend = stream.Frontend,
        // What is wrong with a lone carriage return is what stands behind it.
        ErrorAt = stream.Head->HeadLength + (result == HeadResult.BadLineEnd ? 1 : 0),
        ConnectionFlags = (uint)connection.Flags,
        StreamFlags = (uint)stream.Flags,
        MessageFlags = (uint)stream.Head->Flags,
    };

    private static void Keep(
        World world, MessageCapture capture, ref Connection connection, in MessageCaptureFacts facts, HeadResult result)
    {
        if (result is HeadResult.TooLarge or HeadResult.TargetTooLong or HeadResult.TooManyFields) return;
        if (!capture.TryHold()) return;
        int sizeMax = world.Configuration.Globals.BufferSize;
        capture.Keep(
            world.Shared.BadMessages.Next(), world.WallMicroseconds, in facts, connection.In.First(world.Buffers), sizeMax);
        capture.Release();
    }
}
