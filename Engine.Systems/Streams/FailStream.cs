using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Evaluate;
using Engine.Systems.Http1;

namespace Engine.Systems.Streams;

/// <summary>Ends an exchange that went wrong: with an error answer while the client can still be told, else by closing.</summary>
public static unsafe class FailStream
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="status">The status to answer with when nothing was answered yet; 0 closes without a word.</param>
    /// <param name="cause">First character of the termination state (manual section 8.5).</param>
    /// <param name="state">Second character.</param>
    public static void Run(World world, uint row, ref Stream stream, ushort status, char cause, char state)
    {
        if (stream.State is StreamState.Ending or StreamState.Answering) return;
        SetEnd(ref world.Log[row], cause, state);
        ReleaseServer.Close(world, row, ref stream);
        bool silent = (stream.Flags & (StreamFlags.Tcp | StreamFlags.ResponseStarted)) != 0;
        ref Connection client = ref world.Connection[stream.Client];
        if ((client.Flags & ConnectionFlags.Broken) != 0) silent = true;
        if (!silent && status != 0)
        {
            if (status is not (400 or 408)) DropBody.Run(world, row, ref stream);
            bool mayGoOn = status is not (400 or 408) && (status != 500 || cause == 'P') && stream.Request.Done;
            if (MadeErrors.TryAnswer(world, row, ref stream, status, mayGoOn)) return;
            ByteView message = Message(world, ref stream, status, ref mayGoOn);
            if (message.Length > 0)
            {
                stream.Status = status;
                ByteView head = default;
                // What is no request has no answer that rules could see, as in the reference.
                bool isRequest = stream.State != StreamState.ReadingHead;
                if (isRequest && EditAnswer.HasRules(world, ref stream)) SplitAndEdit(world, row, ref stream, ref head, ref message);
                AnswerStream.Run(world, row, ref stream, head, message, mayGoOn);
                return;
            }
        }
        if (stream.Status == 0 && status != 0) stream.Status = status;
        stream.Flags &= ~StreamFlags.ClientKeepAlive;
        if (MustReset(in stream, in client, cause)) stream.Flags |= StreamFlags.ClientReset;
        ListStream.ToEnd(world, row, ref stream);
    }

    /// <summary>
    /// Half a response must not look whole: the client is reset unless it was promised nothing, or told how much to
    /// expect. A reset takes from it what it had not read yet, so that one whose server failed gets the usual end.
    /// </summary>
    private static bool MustReset(in Stream stream, in Connection client, char cause)
    {
        bool isHalf = (stream.Flags & StreamFlags.ResponseStarted) != 0 && !stream.Response.Done;
        if (!isHalf || (stream.Flags & StreamFlags.Tunnel) != 0) return false;
        bool isServers = cause is 'S' or 's' or 'P';
        bool isTold = stream.Response.Kind == BodyKind.Length
            || stream.Response is { Kind: BodyKind.Chunked, Delivery: BodyDelivery.AsSent or BodyDelivery.WithoutTrailers };
        return !isServers || !isTold || (client.Flags & ConnectionFlags.Http2Stream) != 0;
    }

    /// <summary>Keeps the first reason given: what follows from it is no reason of its own.</summary>
    public static void SetEnd(ref StreamLog log, char cause, char state)
    {
        if (log.EndCause != (byte)'-') return;
        log.EndCause = (byte)cause;
        log.EndState = (byte)state;
    }

    /// <summary>What is sent, and whether the connection may go on behind it.</summary>
    private static ByteView Message(World world, ref Stream stream, ushort status, ref bool mayGoOn)
    {
        CompiledConfiguration configuration = world.Configuration;
        StoredMessage? file = stream.Backend >= 0 ? configuration.Proxies[stream.Backend].Errors.Find(status) : null;
        file ??= configuration.Proxies[stream.Frontend].Errors.Find(status);
        // A body would be read as the answer to the next request (RFC 9110 section 9.3.2).
        bool headOnly = (stream.Flags & StreamFlags.HeadRequest) != 0;
        bool isOld = (stream.Flags & StreamFlags.ClientHttp10) != 0;
        bool close = (stream.Flags & StreamFlags.ClientKeepAlive) == 0 || !stream.Request.Done;
        if (file is not null)
        {
            mayGoOn &= !file.Closes;
            return file.Of(mayGoOn && !close, isOld, headOnly);
        }
        ConnectionSaid said = close ? ConnectionSaid.Close : isOld ? ConnectionSaid.KeepAlive : ConnectionSaid.Nothing;
        return StandardAnswers.Of(status, said, headOnly);
    }

    /// <summary>The rules of <c>http-after-response</c> see the head of the message; its body stays a literal.</summary>
    private static void SplitAndEdit(
        World world, uint row, ref Stream stream, ref ByteView head, ref ByteView message)
    {
        int length = HeadOf(message).Length;
        head = EditAnswer.Run(world, row, ref stream, message.Slice(0, length), says: true);
        message = message.Slice(length, message.Length - length);
    }

    private static ByteView HeadOf(ByteView message)
    {
        int end = message.Span.IndexOf("\r\n\r\n"u8);
        return end < 0 ? message : message.Slice(0, end + 4);
    }
}
