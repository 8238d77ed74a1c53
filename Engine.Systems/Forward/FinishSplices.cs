using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Send;
using Engine.Systems.Streams;

namespace Engine.Systems.Forward;

/// <summary>Counts what went into pipes and out of them, and lets the streams that waited for it go on.</summary>
public static unsafe class FinishSplices
{
    public static void Run(World world)
    {
        foreach (ref readonly Completion completion in world.Completions.Items)
        {
            if (completion.Owner.Kind == OperationKind.SpliceIn) FinishIn(world, completion);
            else if (completion.Owner.Kind == OperationKind.SpliceOut) FinishOut(world, completion);
        }
    }

    private static void FinishIn(World world, in Completion completion)
    {
        uint row = completion.Owner.Row;
        if (!world.Connections.IsLive(row, completion.Owner.Generation)) return;
        ref Connection from = ref world.Connection[row];
        from.OperationsInFlight--;
        from.Flags &= ~(ConnectionFlags.ReceiveArmed | ConnectionFlags.ReceiveCancelled | ConnectionFlags.SplicesIn);
        SpliceBody.LetGo(world, ref world.HeldPipes[row].In);
        if (from.State == ConnectionState.Closing)
        {
            CloseConnection.TryFree(world, row, ref from);
            return;
        }
        uint number = from.Stream;
        if (completion.Result > 0 && number != Table.NoRow) Filled(world, number, ref from, completion.Result);
        else if (completion.Result == 0) from.Flags |= ConnectionFlags.PeerClosed;
        else if (IsOfPipe(completion.Result)) GiveUp(world, number, ref from);
        else if (completion.Result != -Errno.Canceled) from.Flags |= ConnectionFlags.Broken;
        if (number == Table.NoRow) ListConnection.Received(world, row, ref from);
        else ListStream.ToForward(world, number, ref world.Stream[number]);
    }

    /// <summary>Errors that say nothing about the connection.</summary>
    private static bool IsOfPipe(int result) =>
        result is -Errno.TooManyFiles or -Errno.TooManyFilesOnMachine or -Errno.NoMemory or -Errno.Invalid
            or -Errno.NoSystemCall or -Errno.OperationNotSupported or -Errno.AccessDenied or -Errno.NotPermitted;

    private static void Filled(World world, uint number, ref Connection from, int count)
    {
        ref Stream stream = ref world.Stream[number];
        bool isResponse = (from.Flags & ConnectionFlags.ServerSide) != 0;
        ref BodyState body = ref isResponse ? ref stream.Response : ref stream.Request;
        ref SplicePath path = ref SpliceBody.PathOf(world, number, isResponse);
        uint target = isResponse ? stream.Client : stream.Server;
        path.Filled += count;
        CountHttp1.SplicedIn(world, from, count);
        body.Passed += (ulong)count;
        if (body.Kind == BodyKind.Length) body.Remaining -= (ulong)count;
        else if (count >= SpliceBody.StillWorthBytes) path.Meagre = 0;
        else if (++path.Meagre == SpliceBody.MeagreMax) from.Flags &= ~ConnectionFlags.Torrent;
        if (isResponse) CountBytes.ToClient(world, number, ref stream, (ulong)count);
        else CountBytes.ToServer(world, number, ref stream, (ulong)count);
        ExchangeTimeouts.Progressed(ref from);
        if (target == Table.NoRow) return; // the server went away meanwhile: the pipe is emptied with the stream
        ref Connection to = ref world.Connection[target];
        to.Flags |= ConnectionFlags.SendsFromPipe;
        ListConnection.ToSend(world, target, ref to);
    }

    /// <summary>There is no pipe to be had, or these sockets cannot be spliced: the body is copied.</summary>
    private static void GiveUp(World world, uint number, ref Connection from)
    {
        if (number == Table.NoRow) return;
        ref Stream stream = ref world.Stream[number];
        bool isResponse = (from.Flags & ConnectionFlags.ServerSide) != 0;
        world.Pipes.Return(SpliceBody.PathOf(world, number, isResponse).Pipe);
        stream.Flags &= isResponse ? ~StreamFlags.SplicesResponse : ~StreamFlags.SplicesRequest;
        stream.Flags |= StreamFlags.NoSplice;
    }

    private static void FinishOut(World world, in Completion completion)
    {
        uint row = completion.Owner.Row;
        if (!world.Connections.IsLive(row, completion.Owner.Generation)) return;
        ref Connection to = ref world.Connection[row];
        to.OperationsInFlight--;
        to.Flags &= ~(ConnectionFlags.SendInFlight | ConnectionFlags.SplicesOut);
        SpliceBody.LetGo(world, ref world.HeldPipes[row].Out);
        if (to.State == ConnectionState.Closing)
        {
            CloseConnection.TryFree(world, row, ref to);
            return;
        }
        if (to.Stream == Table.NoRow) return;
        if (completion.Result >= 0) Emptied(world, row, ref to, completion.Result);
        else if (completion.Result == -Errno.Again) FinishSends.Blocked(world, row, ref to);
        else Failed(world, row, ref to, completion.Result);
    }

    private static void Emptied(World world, uint row, ref Connection to, int count)
    {
        ref Stream stream = ref world.Stream[to.Stream];
        bool isResponse = (to.Flags & ConnectionFlags.ServerSide) == 0;
        ref BodyState body = ref isResponse ? ref stream.Response : ref stream.Request;
        ref SplicePath path = ref SpliceBody.PathOf(world, to.Stream, isResponse);
        path.Filled -= count;
        CountHttp1.SplicedOut(world, to, count);
        CountBytes.Sent(world, to.Stream, to, count);
        world.Counters->BytesOut += (ulong)count;
        Check.That(path.Filled >= 0);
        world.Counters->BytesSpliced += (ulong)count;
        if (path.Filled > 0)
        {
            FinishSends.Blocked(world, row, ref to);
            if (count > 0) ExchangeTimeouts.Progressed(ref to);
            ListStream.ToForward(world, to.Stream, ref stream);
            return;
        }
        to.Flags &= ~(ConnectionFlags.SendsFromPipe | ConnectionFlags.SendBlocked);
        if (body.Kind == BodyKind.Length && body.Remaining == 0) body.Done = true;
        FinishSends.GoOn(world, to.Stream, ref stream, ref to);
    }

    private static void Failed(World world, uint row, ref Connection to, int result)
    {
        to.Flags &= ~ConnectionFlags.SendsFromPipe; // what is in the pipe is thrown away with the stream
        FinishSends.Failed(world, row, ref to, result);
    }
}
