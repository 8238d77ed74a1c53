using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Streams;

namespace Engine.Systems.Replay;

/// <summary>A server failed a request that was sent whole: where <c>retry-on</c> says so it is sent once more.</summary>
public static unsafe class SendAgain
{
    /// <summary>Sends the request again, to the same server or another. False: the failure stands.</summary>
    public static bool TryRun(World world, uint row, ref Stream stream, RetryEvents cause)
    {
        if (stream.Backend < 0 || cause == RetryEvents.None) return false;
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        if ((backend.RetryOn & cause) == 0 || stream.RetriesLeft <= 0 || !stream.Request.Done) return false;
        KeptRequest kept = world.KeptRequests[row];
        if (kept.Copy.IsNone || (stream.Flags & StreamFlags.ResponseStarted) != 0) return false;
        if ((world.Connection[stream.Client].Flags & (ConnectionFlags.Broken | ConnectionFlags.PeerClosed)) != 0) return false;
        BufferRef copy = world.Buffers.Take(BufferClass.Standard);
        if (copy.IsNone) return false;
        ref BufferSegment from = ref world.Buffers.Segment(kept.Copy);
        ref BufferSegment to = ref world.Buffers.Segment(copy);
        to.Start = 0;
        to.End = from.End;
        new ReadOnlySpan<byte>(world.Buffers.Address(kept.Copy), from.End)
            .CopyTo(new Span<byte>(world.Buffers.Address(copy), from.End));
        Forget(world, row, ref stream);
        stream.Retained = copy;
        if (cause is RetryEvents.EmptyResponse or RetryEvents.JunkResponse)
        {
            world.ProxyCounters[stream.Backend].FailedResponses++;
            if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].FailedResponses++;
        }
        RetryConnect.Again(world, row, ref stream, backend, pauses: false, isConnect: false);
        return true;
    }

    /// <summary>The event that a status is; none: it is no reason.</summary>
    public static RetryEvents OfStatus(int status) =>
        status switch
        {
            401 => RetryEvents.Status401,
            403 => RetryEvents.Status403,
            404 => RetryEvents.Status404,
            408 => RetryEvents.Status408,
            421 => RetryEvents.Status421,
            425 => RetryEvents.Status425,
            429 => RetryEvents.Status429,
            500 => RetryEvents.Status500,
            501 => RetryEvents.Status501,
            502 => RetryEvents.Status502,
            503 => RetryEvents.Status503,
            504 => RetryEvents.Status504,
            _ => RetryEvents.None,
        };

    /// <summary>Of the answer nothing is left, as if it had never come.</summary>
    private static void Forget(World world, uint row, ref Stream stream)
    {
        ReleaseHead.Run(world, ref stream);
        if (stream.Server != Table.NoRow) ReleaseRetained.Run(world, ref stream, ref world.Connection[stream.Server]);
        stream.Scanned = 0;
        stream.Response = default;
        stream.Flags = (stream.Flags & ~(StreamFlags.ServerKeepAlive | StreamFlags.ServerReused)) | StreamFlags.FreshConnection;
        ref StreamLog log = ref world.Log[row];
        log.ResponseNanoseconds = 0;
        log.ConnectedNanoseconds = 0;
        log.ServerStatus = 0;
        ReleaseServer.CloseKeepingSlot(world, row, ref stream);
    }
}
