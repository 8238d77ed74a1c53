using System;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// Performs operations: at once where the socket may be ready, else when an edge says that it is. A socket is
/// watched from the first call that would have blocked; most server connections of a short life never are.
/// </summary>
internal sealed unsafe class EpollEngine : IDisposable
{
    private readonly EpollSockets sockets;
    private readonly EpollReceives receives;
    private readonly EpollSends sends;
    private readonly EpollAccepts accepts;
    private readonly Pipes pipes = new();
    private readonly int wakeFd;

    /// <summary>
    /// The sockets of this wait that go on without an event, while others are listed for the next.
    /// </summary>
    private NativeList<int> turn;

    public EpollEngine(BufferSlab slab, in KernelSizes sizes)
    {
        sockets = new EpollSockets(sizes);
        receives = new EpollReceives(sockets, slab, pipes);
        sends = new EpollSends(sockets, pipes);
        accepts = new EpollAccepts(sockets, sizes);
        wakeFd = WakeDescriptor.Open();
        _ = sockets.Epoll.Control(Linux.EpollAdd, wakeFd, Linux.ReadyIn | Linux.EpollEdge);
    }

    public uint BuffersHeld => receives.BuffersHeld;

    public void Submit(OperationQueue operations, CompletionQueue completions)
    {
        Span<Operation> batch = operations.Items;
        for (int i = 0; i < batch.Length; i++)
        {
            sockets.Reserved = (uint)(batch.Length - i - 1);
            Perform(ref batch[i], completions);
        }
        operations.Clear();
        sockets.Reserved = 0;
    }

    public void Wait(CompletionQueue completions, long timeoutNanoseconds)
    {
        if (completions.Count == 0) accepts.ClearAddresses();
        sockets.DeliverLate(completions);
        receives.BeginTurn();
        bool busy = sockets.HasListed || completions.Count > 0;
        int count = sockets.Epoll.Wait(busy ? 0 : Milliseconds(timeoutNanoseconds));
        sockets.ExchangeListed(ref turn);
        for (int i = 0; i < count; i++)
        {
            int fd = sockets.Epoll.DescriptorAt(i);
            if (fd != wakeFd) TakeEvent(fd, sockets.Epoll.ReadinessAt(i), completions);
        }
        for (int i = 0; i < turn.Count; i++)
        {
            ref SocketState state = ref sockets.State(turn[i]);
            state.Knows &= ~SocketKnowledge.Listed;
            GoOn(ref state, turn[i], completions);
        }
        turn.Clear();
    }

    public void Wake() => WakeDescriptor.Signal(wakeFd);

    public void Dispose()
    {
        sockets.Dispose();
        receives.Dispose();
        accepts.Dispose();
        pipes.Dispose();
        turn.Dispose();
        Sockets.Close(wakeFd);
    }

    /// <summary>Rounded up: a timer that is waited for must have expired when the wait ends.</summary>
    private static int Milliseconds(long nanoseconds) =>
        nanoseconds < 0 ? -1 : (int)Math.Min((nanoseconds + 999_999) / 1_000_000, int.MaxValue);

    private void Perform(ref Operation operation, CompletionQueue completions)
    {
        switch (operation.Kind)
        {
            case OperationKind.Receive:
            case OperationKind.SpliceIn:
                receives.Arm(operation, completions);
                break;
            case OperationKind.Send:
            case OperationKind.SendVector:
            case OperationKind.SpliceOut:
                sends.Send(operation, completions);
                break;
            case OperationKind.Accept:
                accepts.Arm(operation, completions);
                break;
            case OperationKind.Connect:
                sends.Connect(operation, completions);
                break;
            case OperationKind.TellLocal:
                Sockets.GetLocal(operation.Fd, out *(SocketAddress*)operation.Data);
                break;
            case OperationKind.SetOption:
                SettingOnSocket.Run(operation.Fd, (SocketSetting)operation.Length, operation.Value);
                break;
            case OperationKind.CancelReceive:
                CancelReceive(operation.Fd, completions);
                break;
            case OperationKind.CancelAll:
                CancelReceive(operation.Fd, completions);
                sends.Cancel(ref sockets.State(operation.Fd), completions);
                break;
            case OperationKind.ShutdownSend:
                _ = Libc.Shutdown(operation.Fd, Linux.ShutdownWrite);
                break;
            case OperationKind.Close:
                Close(operation);
                break;
            case OperationKind.EmptyPipe:
                pipes.Empty(operation.Pipe);
                break;
            case OperationKind.SendDatagrams:
                int sent = DatagramSender.Run(operation.Fd, (Datagram*)operation.Data, operation.Length);
                EpollSockets.Complete(completions, operation.Owner, sent);
                break;
            case OperationKind.Write:
                int written = DescriptorWriter.Run(operation.Fd, (byte*)operation.Data, operation.Length);
                if (operation.Descriptor != null) *operation.Descriptor = written;
                break;
            default:
                Check.That(operation.Kind == OperationKind.None);
                break;
        }
    }

    private void CancelReceive(int fd, CompletionQueue completions)
    {
        ref SocketState state = ref sockets.State(fd);
        if (state.Receiving == OperationKind.Accept) accepts.Disarm(fd);
        receives.Cancel(ref state, completions);
    }

    private void Close(in Operation operation)
    {
        int fd = operation.Fd;
        ref SocketState state = ref sockets.State(fd);
        Check.That(state.Receiving == OperationKind.None);
        Check.That(state.Sending == OperationKind.None);
        if ((operation.Flags & OperationFlags.Reset) != 0) Sockets.ResetOnClose(fd);
        sockets.Renew(fd);
        Sockets.Close(fd);
    }

    private void TakeEvent(int fd, uint readiness, CompletionQueue completions)
    {
        ref SocketState state = ref sockets.State(fd);
        if (state.Receiving == OperationKind.Accept)
        {
            accepts.Take(ref state, fd, completions);
            return;
        }
        const uint End = Linux.ReadyPeerClosed | Linux.ReadyHangUp | Linux.ReadyError;
        SocketKnowledge learned = SocketKnowledge.None;
        if ((readiness & (Linux.ReadyIn | End)) != 0) learned |= SocketKnowledge.Readable;
        if ((readiness & End) != 0) learned |= SocketKnowledge.Ended;
        if ((readiness & (Linux.ReadyOut | Linux.ReadyHangUp | Linux.ReadyError)) != 0)
            learned |= SocketKnowledge.Writable;
        state.Knows |= learned;
        GoOn(ref state, fd, completions);
    }

    private void GoOn(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Sending != OperationKind.None && state.Has(SocketKnowledge.Writable))
        {
            if (completions.Room == 0) sockets.List(ref state, fd);
            else sends.GoOn(ref state, fd, completions);
        }
        if (state.Receiving != OperationKind.None && state.Has(SocketKnowledge.Readable))
            receives.GoOn(ref state, fd, completions);
    }
}
