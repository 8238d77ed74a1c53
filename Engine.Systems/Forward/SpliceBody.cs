using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Forward;

/// <summary>
/// Lets a long body go from socket to socket through a kernel pipe, uncopied. A pipe is filled only when it is empty:
/// a full one and an empty socket could not be told apart.
/// </summary>
public static unsafe class SpliceBody
{
    /// <summary>Bytes that must still come, or have come at once where their number is not known, to be worth it.</summary>
    public const int WorthBytes = 128 * 1024;

    /// <summary>Splices that move less, so many in a row, end the splicing of a body whose length is not known.</summary>
    public const int StillWorthBytes = 16 * 1024;

    public const int MeagreMax = 8;

    private const uint PerTurnMax = 1 << 20;

    /// <summary>Bytes of one splice towards a peer that takes few: what the pipe holds are the kernel's own.</summary>
    private const int LeastBytes = 64 * 1024;

    private const ConnectionFlags NotNow =
        ConnectionFlags.ReceiveArmed | ConnectionFlags.PeerClosed | ConnectionFlags.Broken;

    /// <summary>Arms the next splice of a body that is spliced, or begins to be. False: it is to be received.</summary>
    public static bool TryArm(World world, uint row, ref Stream stream, bool isResponse)
    {
        StreamFlags splices = isResponse ? StreamFlags.SplicesResponse : StreamFlags.SplicesRequest;
        ref BodyState body = ref isResponse ? ref stream.Response : ref stream.Request;
        uint number = isResponse ? stream.Server : stream.Client;
        ref Connection from = ref world.Connection[number];
        ref SplicePath path = ref PathOf(world, row, isResponse);
        if ((stream.Flags & splices) == 0)
        {
            if (!IsWorth(ref stream, ref body, ref from)) return false;
            if ((from.Flags & ConnectionFlags.ReceiveRepeats) != 0)
            {
                ArmReceive.Cancel(world, number, ref from); // comes here again when its end has come
                return true;
            }
            if ((from.Flags & NotNow) != 0 || from.State != ConnectionState.Open) return false;
            path = default;
            path.Pipe = world.Pipes.Take();
            if (path.Pipe < 0) return false;
            stream.Flags |= splices;
        }
        else if (path.Filled == 0 && body.Kind != BodyKind.Length && (from.Flags & ConnectionFlags.Torrent) == 0)
        {
            if ((from.Flags & ConnectionFlags.ReceiveArmed) != 0) return true;
            stream.Flags &= ~splices;
            world.Pipes.Return(path.Pipe);
            return false;
        }
        if (path.Filled > 0 || (from.Flags & NotNow) != 0) return true;
        if (body.Kind == BodyKind.Length && body.Remaining == 0) return true;
        uint target = isResponse ? stream.Client : stream.Server;
        int room = OutputRoom.Of(world, target, world.Connection[target]);
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.SpliceIn;
        operation.Owner = new OperationOwner(OperationKind.SpliceIn, number, world.Connections.Generation(number));
        operation.Fd = from.Fd;
        operation.Pipe = path.Pipe;
        operation.Length = room < OutputRoom.SoftMax ? (uint)Math.Max(room, LeastBytes) : PerTurnMax;
        if (body.Kind == BodyKind.Length && body.Remaining < operation.Length) operation.Length = (uint)body.Remaining;
        from.OperationsInFlight++;
        from.Flags |= ConnectionFlags.ReceiveArmed | ConnectionFlags.SplicesIn;
        return true;
    }

    /// <summary>Hands what stands in the pipe to the kernel; the output chain before it is empty.</summary>
    public static void Send(World world, uint row, ref Connection to)
    {
        ref SplicePath path = ref PathOf(world, to.Stream, isResponse: (to.Flags & ConnectionFlags.ServerSide) == 0);
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.SpliceOut;
        operation.Flags = (to.Flags & ConnectionFlags.SendBlocked) != 0 ? OperationFlags.Wait : OperationFlags.None;
        operation.Owner = new OperationOwner(OperationKind.SpliceOut, row, world.Connections.Generation(row));
        operation.Fd = to.Fd;
        operation.Pipe = path.Pipe;
        operation.Length = (uint)path.Filled;
        to.OperationsInFlight++;
        to.Flags |= ConnectionFlags.SendInFlight | ConnectionFlags.SplicesOut;
    }

    /// <summary>The stream is over: its pipes go back, with what is still in them thrown away.</summary>
    public static void End(World world, uint row, ref Stream stream)
    {
        const StreamFlags either = StreamFlags.SplicesRequest | StreamFlags.SplicesResponse;
        if ((stream.Flags & either) == 0) return;
        ref Connection client = ref world.Connection[stream.Client];
        if ((stream.Flags & StreamFlags.SplicesRequest) != 0)
        {
            if (!stream.Request.Done) ArmReceive.Cancel(world, stream.Client, ref client);
            Release(world, ref PathOf(world, row, isResponse: false), stream.Client, stream.Server);
        }
        if ((stream.Flags & StreamFlags.SplicesResponse) != 0)
        {
            // Part of what was promised is lost with the pipe: the client must not wait for it.
            if ((client.Flags & ConnectionFlags.SendsFromPipe) != 0) stream.Flags |= StreamFlags.ClientReset;
            Release(world, ref PathOf(world, row, isResponse: true), stream.Server, stream.Client);
        }
        client.Flags &= ~ConnectionFlags.SendsFromPipe;
        stream.Flags &= ~either;
    }

    public static ref SplicePath PathOf(World world, uint row, bool isResponse)
    {
        ref StreamSplices both = ref world.Splices[row];
        return ref isResponse ? ref both.Response : ref both.Request;
    }

    private static bool IsWorth(ref Stream stream, ref BodyState body, ref Connection from)
    {
        if (!from.In.IsEmpty || (stream.Flags & StreamFlags.NoSplice) != 0) return false;
        if (body.Delivery != BodyDelivery.AsSent) return false;
        return body.Kind switch
        {
            BodyKind.Length => body.Remaining >= WorthBytes,
            BodyKind.Tunnel or BodyKind.UntilClose => (from.Flags & ConnectionFlags.Torrent) != 0,
            _ => false,
        };
    }

    /// <summary>
    /// Gives a pipe back, empty. One that the kernel still works at is held by the connection it works for: what it may
    /// yet put in must not reach somebody else.
    /// </summary>
    private static void Release(World world, ref SplicePath path, uint from, uint to)
    {
        if (from != Table.NoRow && (world.Connection[from].Flags & ConnectionFlags.SplicesIn) != 0)
            world.HeldPipes[from].In = path.Pipe + 1;
        else if (to != Table.NoRow && (world.Connection[to].Flags & ConnectionFlags.SplicesOut) != 0)
            world.HeldPipes[to].Out = path.Pipe + 1;
        else
            GiveBack(world, path.Pipe, path.Filled > 0);
        path.Filled = 0;
    }

    /// <summary>
    /// The server connection is about to be parted from its stream: pipes that the kernel works at for it go with it.
    /// </summary>
    public static void PartServer(World world, uint row, ref Stream stream)
    {
        ConnectionFlags server = world.Connection[stream.Server].Flags;
        if ((server & ConnectionFlags.SplicesIn) != 0)
        {
            world.HeldPipes[stream.Server].In = PathOf(world, row, isResponse: true).Pipe + 1;
            stream.Flags &= ~StreamFlags.SplicesResponse;
        }
        if ((server & ConnectionFlags.SplicesOut) != 0)
        {
            world.HeldPipes[stream.Server].Out = PathOf(world, row, isResponse: false).Pipe + 1;
            stream.Flags &= ~StreamFlags.SplicesRequest;
        }
    }

    /// <summary>The kernel has let go of a pipe whose stream is over.</summary>
    public static void LetGo(World world, ref int held)
    {
        if (held == 0) return;
        GiveBack(world, held - 1, mustEmpty: true);
        held = 0;
    }

    private static void GiveBack(World world, int pipe, bool mustEmpty)
    {
        if (mustEmpty)
        {
            ref Operation empty = ref world.Operations.Add();
            empty.Kind = OperationKind.EmptyPipe;
            empty.Fd = -1;
            empty.Pipe = pipe;
        }
        world.Pipes.Return(pipe);
    }
}
