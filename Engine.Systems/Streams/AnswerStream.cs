using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http1;
using Engine.Systems.Timers;

namespace Engine.Systems.Streams;

/// <summary>
/// Sends an answer of our own: a head written into a buffer, and literal bytes that are copied out as
/// room appears.
/// </summary>
public static unsafe class AnswerStream
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream; its status is already set.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="head">Start line and fields with the empty line; may be empty when the literal holds them.</param>
    /// <param name="literal">Bytes that live as long as the configuration.</param>
    /// <param name="isWhole">The head is here, or at the front of the literal: none of it was queued before.</param>
    /// <param name="keepAlive">The client connection may go on after it (if the client wants so too).</param>
    public static void Run(
        World world, uint row, ref Stream stream, ByteView head, ByteView literal, bool keepAlive, bool isWhole = true)
    {
        ref Connection client = ref world.Connection[stream.Client];
        DropRequestHead(world, ref stream, ref client);
        FieldCases? cases = SerialiseRequest.CasesOf(world, stream.Frontend, ProxyOptions.AdjustClientCase, in client);
        if (cases != null && isWhole) Adjust(world, cases, ref head, ref literal);
        ReleaseHead.Run(world, ref stream);
        stream.State = StreamState.Answering;
        if (!keepAlive) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        stream.Flags |= StreamFlags.ResponseStarted;
        stream.Response.Done = true;
        stream.Literal = literal;
        SetTimeout.Connection(
            world, stream.Client, ref client, world.Configuration.Proxies[stream.Frontend].Timeouts.ClientMs);
        if (head.Length > 0 && !AppendBytes.Run(world, ref client.Out, head.Span))
        {
            stream.Literal = default;
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
            FailStream.SetEnd(ref world.Log[row], 'R', 'R');
            ListStream.ToEnd(world, row, ref stream);
            return;
        }
        CopyLiteral(world, ref stream, ref client);
        ListConnection.ToSend(world, stream.Client, ref client);
        if (client.Out.IsEmpty) ListStream.ToEnd(world, row, ref stream);
    }

    /// <summary>Names in the case that the client wants; what does not fit into the line's scratch memory stays.</summary>
    private static void Adjust(World world, FieldCases cases, ref ByteView head, ref ByteView literal)
    {
        if (head.IsEmpty)
        {
            int end = literal.Span.IndexOf("\r\n\r\n"u8);
            if (end < 0) return;
            head = literal.Slice(0, end + 4);
            literal = literal.Slice(end + 4, literal.Length - end - 4);
        }
        head = AdjustCase.Copy(cases, head, new Span<byte>(world.LineScratch, world.Heads.ScratchSize));
    }

    /// <summary>A request that is answered here never left the input: it must not be read as the next one.</summary>
    private static void DropRequestHead(World world, ref Stream stream, ref Connection client)
    {
        if (stream.State == StreamState.ReadingHead)
        {
            client.In.Clear(world.Buffers); // what was no request is not read again, and the answer may need the room
            return;
        }
        if (stream.Head == null) return;
        if ((stream.Flags & StreamFlags.RequestSent) != 0) return;
        client.In.Consume(world.Buffers, stream.Head->HeadLength);
    }

    /// <summary>Copies the next part of the literal into the output, a bounded step.</summary>
    public static void CopyLiteral(World world, ref Stream stream, ref Connection client)
    {
        const int stepMax = 256 * 1024;
        int part = Math.Min(stream.Literal.Length, stepMax - Math.Min(stepMax, client.Out.Length));
        if (part == 0 || !AppendBytes.Run(world, ref client.Out, stream.Literal.Span[..part])) return;
        stream.Literal = stream.Literal.Slice(part, stream.Literal.Length - part);
    }
}
