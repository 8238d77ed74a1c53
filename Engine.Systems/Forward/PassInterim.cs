using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Http1;
using Engine.Systems.Streams;

namespace Engine.Systems.Forward;

/// <summary>Passes a 1xx head to a client that can read one (RFC 9110 section 15.2), and drops it otherwise.</summary>
public static unsafe class PassInterim
{
    public static void Run(World world, uint row, ref Stream stream, ref Connection server)
    {
        MessageHead* head = stream.Head;
        int headLength = head->HeadLength;
        // RFC 9110 section 8.6: a 1xx has no length. Who announces one may send a body too (THREATS.md A30).
        if ((head->Flags & (HeadFlags.HasContentLength | HeadFlags.HasTransferEncoding | HeadFlags.CloseAfter)) != 0)
        {
            stream.Flags |= StreamFlags.ServerTainted;
            EditFields.Remove(head, KnownHeader.ContentLength);
            EditFields.Remove(head, KnownHeader.TransferEncoding);
        }
        if ((stream.Flags & StreamFlags.ClientHttp10) == 0)
        {
            ref Connection client = ref world.Connection[stream.Client];
            FieldCases? cases = SerialiseRequest.CasesOf(world, stream.Frontend, ProxyOptions.AdjustClientCase, in client);
            BufferRef buffer = SerialiseRequest.WriteIntoBuffer(
                world, head, ConnectionSaid.Nothing, headLength, isRequest: false, cases);
            if (!buffer.IsNone)
            {
                Append(world, ref client.Out, buffer);
                CountBytes.ToClient(world, row, ref stream, (ulong)headLength);
                ListConnection.ToSend(world, stream.Client, ref client);
            }
        }
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].Status[1]++;
        if (head->Status == 100) stream.Flags &= ~StreamFlags.ExpectsContinue;
        server.In.Consume(world.Buffers, headLength);
        ReleaseHead.Run(world, ref stream);
        // The time begins anew, whether the client is sent something or not.
        ExchangeTimeouts.Progressed(ref server);
        ListStream.ToForward(world, row, ref stream);
    }

    /// <summary>Heads of a few bytes share buffers: there may be any number of them.</summary>
    private static void Append(World world, ref BufferChain output, BufferRef buffer)
    {
        ref BufferSegment segment = ref world.Buffers.Segment(buffer);
        bool fits = !output.Tail.IsNone
            && world.Buffers.SizeOf(output.Tail) - world.Buffers.Segment(output.Tail).End >= segment.Length;
        if (fits)
        {
            AppendBytes.Run(world, ref output, new ReadOnlySpan<byte>(world.Buffers.Address(buffer), segment.Length));
            world.Buffers.Return(buffer);
        }
        else
        {
            output.Append(world.Buffers, buffer);
        }
    }
}
