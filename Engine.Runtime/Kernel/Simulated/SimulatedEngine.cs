using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>Performs operations on a simulated network, as strictly as the contract can be read.</summary>
internal sealed unsafe class SimulatedEngine(SimulatedNetwork network, BufferSlab slab) : IDisposable
{
    /// <summary>Virtual time that a call takes: an engine that turns in circles gets older.</summary>
    private const long CallNanoseconds = 500;

    private const int RepeatsPerEvent = 16;
    private const int AddressCapacity = 4096;

    private readonly List<Ready> ready = [];
    private readonly AcceptedAddresses* addresses =
        (AcceptedAddresses*)NativeMemory.AllocZeroed(AddressCapacity, (nuint)sizeof(AcceptedAddresses));

    private readonly Dictionary<int, Queue<byte>> pipes = [];
    private int addressCount;
    private volatile bool woken;

    public SimulatedNetwork Network => network;

    public uint BuffersHeld { get; private set; }

    public bool IsReady => woken || ready.Count > 0;

    public void Submit(OperationQueue operations, CompletionQueue completions)
    {
        Check.That(completions.Room >= operations.Count);
        if (completions.Count == 0) addressCount = 0;
        network.RunDue(network.NowNanoseconds + CallNanoseconds);
        foreach (ref Operation operation in operations.Items) Perform(operation, completions);
        operations.Clear();
        Fetch(completions);
    }

    public void Wait(CompletionQueue completions, long timeoutNanoseconds)
    {
        if (completions.Count == 0) addressCount = 0;
        long end = timeoutNanoseconds < 0 ? long.MaxValue : network.NowNanoseconds + timeoutNanoseconds;
        network.RunDue(network.NowNanoseconds + CallNanoseconds);
        Fetch(completions);
        while (completions.Count == 0 && !woken && network.NowNanoseconds < end)
        {
            long? next = network.NextEvent;
            if (next is null && timeoutNanoseconds < 0)
                throw new SimulationStalledException(network.NowNanoseconds);
            network.RunDue(Math.Min(next ?? end, end));
            Fetch(completions);
        }
        woken = false;
    }

    public void Wake() => woken = true;

    public void Dispose()
    {
        foreach (Ready one in ready)
            if (!one.Completion.Buffer.IsNone) slab.Return(one.Completion.Buffer);
        ready.Clear();
        BuffersHeld = 0;
        NativeMemory.Free(addresses);
    }

    /// <summary>Something changed for a socket: what is armed on it may go on.</summary>
    public void Progress(SimulatedSocket socket)
    {
        if (socket.IsClosed) return;
        if (socket.Send.Kind is OperationKind.Send or OperationKind.SpliceOut) ProgressSend(socket);
        switch (socket.Receive.Kind)
        {
            case OperationKind.Accept:
                for (int i = 0; i < RepeatsPerEvent && AcceptOne(socket); i++) { }
                if (socket.Receive.Kind != OperationKind.None && socket.Listener!.Waiting.Count > 0)
                    ProgressLater(socket);
                break;
            case OperationKind.Receive:
            case OperationKind.SpliceIn:
                for (int i = 0; i < RepeatsPerEvent && ReceiveOne(socket); i++) { }
                // What is left is not forgotten, as an edge would be.
                if (socket.Receive.Kind != OperationKind.None && socket.Endpoint!.Unread > 0)
                    ProgressLater(socket);
                break;
            default:
                break;
        }
    }

    private void Perform(in Operation operation, CompletionQueue completions)
    {
        Check.That(operation.Owner.Kind == operation.Kind || !Completes(operation.Kind));
        switch (operation.Kind)
        {
            case OperationKind.Accept:
            case OperationKind.Receive:
            case OperationKind.SpliceIn:
                Arm(operation);
                break;
            case OperationKind.EmptyPipe:
                pipes.Remove(operation.Pipe);
                break;
            case OperationKind.Send:
            case OperationKind.SendVector:
            case OperationKind.SpliceOut:
                PerformSend(operation, completions);
                break;
            case OperationKind.Connect:
                PerformConnect(operation);
                break;
            case OperationKind.TellLocal:
                *(SocketAddress*)operation.Data = network.SocketAt(operation.Fd).Endpoint!.Address;
                break;
            case OperationKind.SetOption:
                break;
            case OperationKind.CancelReceive:
                Cancel(ref network.SocketAt(operation.Fd).Receive, operation.Fd);
                break;
            case OperationKind.CancelAll:
                Cancel(ref network.SocketAt(operation.Fd).Receive, operation.Fd);
                Cancel(ref network.SocketAt(operation.Fd).Send, operation.Fd);
                break;
            case OperationKind.ShutdownSend:
                network.SocketAt(operation.Fd).Endpoint?.ShutdownSend();
                break;
            case OperationKind.Close:
                PerformClose(operation);
                break;
            case OperationKind.SendDatagrams:
                PerformDatagrams(operation, completions);
                break;
            case OperationKind.Write:
                int written = TakeInto(network.SocketAt(operation.Fd), operation.Data, operation.Length);
                if (operation.Descriptor != null) *operation.Descriptor = written;
                break;
            default:
                Check.That(operation.Kind == OperationKind.None);
                break;
        }
    }

    private static bool Completes(OperationKind kind) =>
        kind is not (OperationKind.None or OperationKind.CancelReceive or OperationKind.CancelAll
            or OperationKind.ShutdownSend or OperationKind.Close or OperationKind.Write or OperationKind.EmptyPipe
            or OperationKind.TellLocal);

    private void Arm(in Operation operation)
    {
        SimulatedSocket socket = network.SocketAt(operation.Fd);
        Check.That(socket.Receive.Kind == OperationKind.None);
        Check.That((operation.Kind == OperationKind.Accept) == (socket.Listener != null));
        Check.That(operation.Kind == OperationKind.Accept || socket.Endpoint != null);
        socket.Receive = operation;
        socket.Engine = this;
        if (Fails(network.Faults.LatePerMille)) ProgressLater(socket);
        else Progress(socket);
    }

    private void ProgressLater(SimulatedSocket socket) =>
        network.After(network.Delay(), () => Progress(socket));

    private bool Fails(int perMille) => network.Random.Chance(perMille);

    private bool AcceptOne(SimulatedSocket socket)
    {
        Operation operation = socket.Receive;
        SimulatedListener listener = socket.Listener!;
        if (operation.Kind != OperationKind.Accept || listener.Waiting.Count == 0) return false;
        SimulatedSocket? accepted = Fails(network.Faults.AcceptErrorPerMille) ? null : network.Open();
        bool more = accepted != null && StaysArmed(operation);
        if (!more) socket.Receive = default;
        Completion completion = new() { Owner = operation.Owner, Result = -Errno.TooManyFiles };
        AcceptedAddresses both = default;
        if (accepted != null)
        {
            SimulatedEndpoint endpoint = listener.Waiting.Dequeue();
            Attach(accepted, endpoint);
            completion.Result = accepted.Fd;
            completion.Flags = more ? CompletionFlags.More : CompletionFlags.None;
            both.Peer = endpoint.OtherAddress;
            if ((operation.Flags & OperationFlags.WantLocal) != 0) both.Local = endpoint.Address;
        }
        Complete(socket.Fd, completion, both);
        return more;
    }

    private bool StaysArmed(in Operation operation) =>
        (operation.Flags & OperationFlags.Repeat) != 0 && !Fails(network.Faults.EndRepeatPerMille);

    private void Attach(SimulatedSocket socket, SimulatedEndpoint endpoint)
    {
        socket.Endpoint = endpoint;
        socket.Engine = this;
        endpoint.Changed = () => socket.Engine.Progress(socket);
    }

    private bool ReceiveOne(SimulatedSocket socket)
    {
        Operation operation = socket.Receive;
        if (operation.Kind == OperationKind.None) return false;
        if (operation.Kind == OperationKind.SpliceIn) return SpliceOne(socket, operation);
        SimulatedEndpoint endpoint = socket.Endpoint!;
        BufferClass kind = (operation.Flags & OperationFlags.Large) != 0 ? BufferClass.Large : BufferClass.Small;
        BufferRef buffer = BufferRef.None;
        if (endpoint.Unread > 0)
        {
            if (!Fails(network.Faults.NoBuffersPerMille)) buffer = slab.Take(kind);
            if (buffer.IsNone)
            {
                socket.Receive = default;
                Complete(socket.Fd, new Completion { Owner = operation.Owner, Result = -Errno.NoBuffers });
                return false;
            }
        }
        if (Fails(network.Faults.ResetPerMille)) endpoint.BreakInUse();
        byte* target = buffer.IsNone ? null : slab.Address(buffer);
        int length = buffer.IsNone ? 0 : slab.SizeOf(kind);
        if (operation.Length != 0) length = (int)Math.Min((uint)length, operation.Length);
        if (length > 1 && Fails(network.Faults.ShortReadPerMille))
            length = network.Random.Between(1, Math.Max(1, Math.Min(length, endpoint.Unread)));
        int result = endpoint.Read(new Span<byte>(target, length));
        if (result <= 0 && !buffer.IsNone)
        {
            slab.Return(buffer);
            buffer = BufferRef.None;
        }
        if (result == -Errno.Again) return false;
        bool more = result > 0 && StaysArmed(operation);
        if (!more) socket.Receive = default;
        Completion completion = new() { Owner = operation.Owner, Result = result, Buffer = buffer };
        if (!buffer.IsNone) slab.Segment(buffer).End = result;
        if (more) completion.Flags |= CompletionFlags.More;
        if (result > 0 && endpoint.Unread > 0) completion.Flags |= CompletionFlags.SocketNotEmpty;
        Complete(socket.Fd, completion);
        return more;
    }

    /// <summary>False: it does not go on by itself.</summary>
    private bool SpliceOne(SimulatedSocket socket, in Operation operation)
    {
        SimulatedEndpoint endpoint = socket.Endpoint!;
        bool refused = endpoint.Unread > 0 && Fails(network.Faults.NoBuffersPerMille);
        if (!refused && Fails(network.Faults.ResetPerMille)) endpoint.BreakInUse();
        if (!pipes.TryGetValue(operation.Pipe, out Queue<byte>? pipe)) pipes[operation.Pipe] = pipe = new();
        Check.That(pipe.Count == 0);
        byte[] bytes = new byte[Math.Min(operation.Length, (uint)Math.Max(endpoint.Unread, 1))];
        int length = bytes.Length > 1 && Fails(network.Faults.ShortReadPerMille)
            ? network.Random.Between(1, bytes.Length)
            : bytes.Length;
        int result = refused ? -Errno.TooManyFiles : endpoint.Read(bytes.AsSpan(0, length));
        if (result == -Errno.Again) return false;
        for (int i = 0; i < result; i++) pipe.Enqueue(bytes[i]);
        socket.Receive = default;
        Complete(socket.Fd, new Completion { Owner = operation.Owner, Result = result });
        return false;
    }

    private int Drain(SimulatedEndpoint endpoint, in Operation operation)
    {
        Queue<byte> pipe = pipes[operation.Pipe];
        Check.That(pipe.Count == operation.Length);
        int result = WriteSome(endpoint, pipe.ToArray());
        for (int i = 0; i < result; i++) pipe.Dequeue();
        return result;
    }

    private void PerformSend(in Operation operation, CompletionQueue completions)
    {
        SimulatedSocket socket = network.SocketAt(operation.Fd);
        Check.That(socket.Endpoint != null);
        if ((operation.Flags & OperationFlags.Wait) != 0)
        {
            Park(socket, operation);
            return;
        }
        int result = Fails(network.Faults.FullPerMille)
            ? -Errno.Again
            : SendNow(socket.Endpoint, operation);
        ref Completion completion = ref completions.Add();
        completion.Owner = operation.Owner;
        completion.Result = result;
        Note(completion);
    }

    private int SendNow(SimulatedEndpoint endpoint, in Operation operation)
    {
        if (operation.Kind == OperationKind.SpliceOut) return Drain(endpoint, operation);
        if (operation.Kind == OperationKind.Send)
            return WriteSome(endpoint, new ReadOnlySpan<byte>(operation.Data, (int)operation.Length));
        IoVector* vectors = (IoVector*)operation.Data;
        int total = 0;
        for (uint i = 0; i < operation.Length; i++)
        {
            if (vectors[i].Length == 0) continue;
            int result = WriteSome(endpoint, new ReadOnlySpan<byte>(vectors[i].Base, (int)vectors[i].Length));
            if (result < 0) return total > 0 ? total : result;
            total += result;
            if ((uint)result < vectors[i].Length) break;
        }
        return total;
    }

    private int WriteSome(SimulatedEndpoint endpoint, ReadOnlySpan<byte> bytes)
    {
        if (Fails(network.Faults.ResetPerMille)) endpoint.BreakInUse();
        if (bytes.Length > 1 && Fails(network.Faults.ShortWritePerMille))
            bytes = bytes[..network.Random.Between(1, bytes.Length)];
        return bytes.IsEmpty ? 0 : endpoint.Write(bytes);
    }

    /// <summary>
    /// Keeps a send until there is room; of vectors the first piece, as they live only as long as the batch.
    /// </summary>
    private void Park(SimulatedSocket socket, in Operation operation)
    {
        Check.That(socket.Send.Kind == OperationKind.None);
        socket.Send = operation;
        socket.Engine = this;
        if (operation.Kind == OperationKind.SendVector)
        {
            IoVector* first = (IoVector*)operation.Data;
            for (uint left = operation.Length; left > 1 && first->Length == 0; left--) first++;
            socket.Send.Kind = OperationKind.Send;
            socket.Send.Data = first->Base;
            socket.Send.Length = (uint)first->Length;
        }
        if (Fails(network.Faults.LatePerMille)) ProgressLater(socket);
        else ProgressSend(socket);
    }

    private void ProgressSend(SimulatedSocket socket)
    {
        Operation operation = socket.Send;
        if (operation.Kind is not (OperationKind.Send or OperationKind.SpliceOut)) return;
        int result = SendNow(socket.Endpoint!, operation);
        if (result == -Errno.Again) return;
        socket.Send = default;
        Complete(socket.Fd, new Completion { Owner = operation.Owner, Result = result });
    }

    private void PerformConnect(in Operation operation)
    {
        SocketAddress target = *(SocketAddress*)operation.Data;
        if (target.Family == AddressFamily.Unix)
            target = network.AddressOfPath((UnixSocketAddress*)operation.Data);
        SimulatedSocket? socket = network.Open();
        *operation.Descriptor = socket?.Fd ?? -1;
        OperationOwner owner = operation.Owner;
        if (socket == null)
        {
            Complete(-1, new Completion { Owner = owner, Result = -Errno.TooManyFiles });
            return;
        }
        socket.Send = operation;
        socket.Engine = this;
        (SimulatedEndpoint ours, SimulatedEndpoint theirs) = SimulatedEndpoint.CreatePair(network);
        bool hasSource = operation.Length > 1 && ((SocketAddress*)operation.Data)[1].Family != AddressFamily.Unspecified;
        ours.Address = hasSource ? ((SocketAddress*)operation.Data)[1] : network.NextClientAddress();
        theirs.Address = target;
        Attach(socket, ours);
        network.After(network.ConnectDelay(), () => FinishConnect(socket, theirs, target, owner));
    }

    private void FinishConnect(
        SimulatedSocket socket, SimulatedEndpoint theirs, SocketAddress target, OperationOwner owner)
    {
        // Cancelled meanwhile, and perhaps the descriptor is another's by now.
        if (socket.IsClosed || socket.Send.Kind != OperationKind.Connect) return;
        SimulatedOrigin? origin = network.OriginAt(target);
        if (origin is { IsSilent: true }) return;
        socket.Send = default;
        bool refused = origin is null or { Refuses: true } || Fails(network.Faults.RefusePerMille);
        if (refused) socket.Endpoint!.Break(0);
        else origin!.Take(new SimulatedPeer(theirs));
        int result = refused ? -Errno.ConnectionRefused : 0;
        Complete(socket.Fd, new Completion { Owner = owner, Result = result });
    }

    private void Cancel(ref Operation armed, int fd)
    {
        if (armed.Kind == OperationKind.None) return;
        Completion completion = new() { Owner = armed.Owner, Result = -Errno.Canceled };
        armed = default;
        if (Fails(network.Faults.LatePerMille))
            network.After(network.Delay(), () => Complete(fd, completion));
        else Complete(fd, completion);
    }

    private void PerformClose(in Operation operation)
    {
        SimulatedSocket socket = network.SocketAt(operation.Fd);
        Check.That(socket.Receive.Kind == OperationKind.None);
        Check.That(socket.Send.Kind == OperationKind.None);
        network.Close(socket);
        if ((operation.Flags & OperationFlags.Reset) != 0) socket.Endpoint?.Reset();
        else socket.Endpoint?.Close();
    }

    private void PerformDatagrams(in Operation operation, CompletionQueue completions)
    {
        SimulatedSocket socket = network.SocketAt(operation.Fd);
        Datagram* datagrams = (Datagram*)operation.Data;
        int sent = 0;
        for (uint i = 0; i < operation.Length; i++)
        {
            bool taken = TakeInto(socket, datagrams[i].Data, datagrams[i].Length) == (int)datagrams[i].Length;
            datagrams[i].Sent = taken ? 1 : 0;
            if (taken) sent++;
        }
        ref Completion completion = ref completions.Add();
        completion.Owner = operation.Owner;
        completion.Result = sent;
        Note(completion);
    }

    /// <summary>All of it or nothing.</summary>
    private int TakeInto(SimulatedSocket socket, void* data, uint length)
    {
        Check.That(socket.Sink != null);
        if (socket.Sink.IsFull || Fails(network.Faults.DropPerMille)) return 0;
        socket.Sink.Taken?.Invoke(new ReadOnlySpan<byte>(data, (int)length).ToArray());
        return (int)length;
    }

    private void Complete(int fd, in Completion completion, in AcceptedAddresses both = default)
    {
        int place = ready.Count;
        // Past completions of other descriptors, never past one of its own.
        while (place > 0 && ready[place - 1].Fd != fd && Fails(network.Faults.OvertakePerMille)) place--;
        ready.Insert(place, new Ready(fd, completion, both));
        if (!completion.Buffer.IsNone) BuffersHeld++;
    }

    /// <summary>Hands over what is ready, as far as there is room.</summary>
    private void Fetch(CompletionQueue completions)
    {
        int count = 0;
        for (; count < ready.Count && completions.Room > 0; count++)
        {
            Ready one = ready[count];
            bool accepted = one.Completion.Owner.Kind == OperationKind.Accept && one.Completion.Result >= 0;
            if (accepted && addressCount == AddressCapacity) break;
            ref Completion completion = ref completions.Add();
            completion = one.Completion;
            if (!completion.Buffer.IsNone) BuffersHeld--;
            Note(completion);
            if (!accepted) continue;
            completion.Addresses = addresses + addressCount++;
            *completion.Addresses = one.Addresses;
        }
        ready.RemoveRange(0, count);
    }

    private void Note(in Completion completion)
    {
        network.Note(completion.Owner.Value);
        network.Note((uint)completion.Result | ((ulong)completion.Flags << 32));
        network.Note((ulong)network.NowNanoseconds);
    }

    private readonly record struct Ready(int Fd, Completion Completion, AcceptedAddresses Addresses);
}
