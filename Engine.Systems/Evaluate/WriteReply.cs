using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Forward;
using Engine.Systems.Http1;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Queues the reply of a rule: its head with the connection's fate written in, then its body.</summary>
public static unsafe class WriteReply
{
    /// <returns>Bytes of the head as it was written; 0: there was no room, and the stream failed.</returns>
    public static int Run(World world, uint row, ref Stream stream, ByteView head, ByteView body, bool copies = false)
    {
        ref Connection client = ref world.Connection[stream.Client];
        if (EditAnswer.HasRules(world, ref stream)) head = EditAnswer.Run(world, row, ref stream, head, says: false);
        bool keepAlive = (stream.Flags & StreamFlags.ClientKeepAlive) != 0;
        ReadOnlySpan<byte> said = default;
        if (!keepAlive) said = "connection: close\r\n"u8;
        else if ((stream.Flags & StreamFlags.ClientHttp10) != 0 || head.Span.StartsWith("HTTP/1.0"u8)) said = "connection: keep-alive\r\n"u8;
        if (SerialiseRequest.CasesOf(world, stream.Frontend, ProxyOptions.AdjustClientCase, in client) is { } cases)
            head = AdjustCase.Copy(cases, head, new Span<byte>(world.LineScratch, world.Heads.ScratchSize));
        // The head ends with the empty line: what is said of the connection goes before it.
        bool fits = AppendBytes.Run(world, ref client.Out, head.Span[..^2])
            && AppendBytes.Run(world, ref client.Out, said)
            && AppendBytes.Run(world, ref client.Out, "\r\n"u8);
        // A body in scratch memory is copied now; a literal is copied as room appears.
        bool literal = body.Length > 4096 && !copies && !world.Heads.Owns(body);
        if (fits && !literal) fits = AppendBytes.Run(world, ref client.Out, body.Span);
        if (!fits)
        {
            FailStream.Run(world, row, ref stream, 0, 'R', 'R');
            return 0;
        }
        int length = head.Length + said.Length;
        AnswerStream.Run(world, row, ref stream, default, literal ? body : default, keepAlive, isWhole: false);
        return length;
    }
}
