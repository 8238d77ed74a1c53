using System;
using System.Collections.Generic;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>
/// The smallest proxy that uses everything of the contract: accepts, connects, relays both ways with
/// back-pressure, passes on ends and resets. It checks that every operation completes exactly once and
/// nothing else completes.
/// </summary>
internal sealed unsafe class Relay(
    IKernel kernel, BufferSlab slab, CompletionQueue completions, SocketAddress target, Random random)
    : IDisposable
{
    private const int PendingMax = 16 * 1024;

    private readonly BufferSlab slab = slab;
    private readonly Random random = random;
    private readonly OperationQueue operations = new(8192);
    private readonly Dictionary<ulong, Action<Completion>> underWay = [];
    private readonly List<NativeBytes> cells = [];
    private OperationOwner accept;
    private uint nextRow = 1;

    /// <summary>Connections that are open on either side.</summary>
    public int Open { get; private set; }

    /// <summary>Operations that have not completed yet.</summary>
    public int UnderWay => underWay.Count;

    /// <summary>Connections that ended by an error.</summary>
    public int Errors { get; private set; }

    public void Listen(int listener) => accept = Start(
        OperationKind.Accept, listener, OperationFlags.Repeat, null, 0, one => Accepted(listener, one));

    public void StopListening(int listener)
    {
        if (underWay.ContainsKey(accept.Value)) AddPlain(OperationKind.CancelAll, listener);
        IsStopping = true;
    }

    public bool IsStopping { get; private set; }

    public void Tick(long timeoutNanoseconds)
    {
        kernel.Submit(operations, completions);
        kernel.Wait(completions, timeoutNanoseconds);
        Span<Completion> items = completions.Items;
        foreach (ref Completion one in items)
        {
            bool expected = underWay.TryGetValue(one.Owner.Value, out Action<Completion>? react);
            Assert.True(expected, $"{one.Owner} again");
            if ((one.Flags & CompletionFlags.More) == 0) underWay.Remove(one.Owner.Value);
            react!(one);
            if (!one.Buffer.IsNone) slab.Return(one.Buffer);
        }
        completions.Clear();
    }

    public void Dispose()
    {
        foreach (NativeBytes cell in cells) cell.Dispose();
    }

    private OperationOwner Start(
        OperationKind kind, int fd, OperationFlags flags, void* data, uint length, Action<Completion> react,
        int* descriptor = null)
    {
        OperationOwner owner = new(kind, nextRow++ & 0xFF_FFFF, nextRow >> 24);
        underWay.Add(owner.Value, react);
        ref Operation operation = ref operations.Add();
        operation = new Operation
        {
            Kind = kind,
            Owner = owner,
            Fd = fd,
            Flags = flags,
            Data = data,
            Length = length,
            Descriptor = descriptor,
        };
        return owner;
    }

    private void AddPlain(OperationKind kind, int fd, OperationFlags flags = OperationFlags.None)
    {
        ref Operation operation = ref operations.Add();
        operation = new Operation { Kind = kind, Fd = fd, Flags = flags };
    }

    private NativeBytes NewCell(int length)
    {
        NativeBytes cell = new(length);
        cells.Add(cell);
        return cell;
    }

    private void Accepted(int listener, Completion one)
    {
        if ((one.Flags & CompletionFlags.More) == 0 && !IsStopping) Listen(listener);
        if (one.Result < 0)
        {
            Assert.Contains(one.Result, new[] { -Errno.Canceled, -Errno.TooManyFiles });
            return;
        }
        Side client = new(this, one.Result);
        NativeBytes cell = NewCell(sizeof(SocketAddress) + sizeof(int));
        SocketAddress* address = (SocketAddress*)cell.Start;
        int* descriptor = (int*)(address + 1);
        *address = target;
        Start(
            OperationKind.Connect, -1, OperationFlags.None, address, 1,
            end => Connected(client, *descriptor, end), descriptor);
    }

    private void Connected(Side client, int fd, Completion one)
    {
        if (fd < 0)
        {
            client.Close(OperationFlags.Reset);
            return;
        }
        Side server = new(this, fd);
        client.Other = server;
        server.Other = client;
        if (one.Result < 0)
        {
            server.Fail();
            return;
        }
        client.ArmReceive();
        server.ArmReceive();
    }

    /// <summary>One end of a relayed connection and the bytes that are to be sent there.</summary>
    private sealed class Side
    {
        private readonly Relay relay;
        private readonly int fd;
        private readonly NativeBytes pending;
        private readonly bool repeats;
        private int filled;
        private int sent;
        private bool receiving;
        private bool cancelled;
        private bool sending;
        private bool ended;
        private bool shut;
        private bool closed;

        public Side(Relay relay, int fd)
        {
            this.relay = relay;
            this.fd = fd;
            relay.Open++;
            repeats = relay.random.Next(2) == 0;
            pending = relay.NewCell(1 << 20);
        }

        public Side? Other { get; set; }

        private bool HasPending => filled > sent;

        public void ArmReceive()
        {
            if (closed || receiving || ended || Other!.filled - Other.sent > PendingMax) return;
            receiving = true;
            OperationFlags later = relay.random.Next(2) == 0 ? OperationFlags.Later : OperationFlags.None;
            if (repeats)
                relay.Start(OperationKind.Receive, fd, later | OperationFlags.Repeat, null, 0, Received);
            else if (relay.random.Next(2) == 0)
                relay.Start(OperationKind.Receive, fd, later, null, 0, Received);
            else
                relay.Start(OperationKind.Receive, fd, later | OperationFlags.Large, null, 0, Received);
        }

        public void Close(OperationFlags flags)
        {
            if (closed) return;
            closed = true;
            relay.Open--;
            if (receiving || sending) relay.AddPlain(OperationKind.CancelAll, fd);
            relay.AddPlain(OperationKind.Close, fd, flags);
        }

        public void Fail()
        {
            relay.Errors++;
            Close(OperationFlags.Reset);
            Other?.Close(OperationFlags.Reset);
        }

        private void Received(Completion one)
        {
            if ((one.Flags & CompletionFlags.More) == 0) receiving = cancelled = false;
            if (closed) return;
            if (one.Result > 0)
            {
                Other!.Append(new ReadOnlySpan<byte>(relay.slab.Address(one.Buffer), one.Result));
                if (receiving && !cancelled && Other.filled - Other.sent > PendingMax)
                {
                    cancelled = true;
                    relay.AddPlain(OperationKind.CancelReceive, fd);
                }
            }
            else if (one.Result == 0)
            {
                ended = true;
                Other!.PassOn();
            }
            else if (one.Result is not (-Errno.Canceled or -Errno.NoBuffers))
            {
                Assert.Equal(-Errno.ConnectionReset, one.Result);
                Fail();
                return;
            }
            ArmReceive();
        }

        private void Append(ReadOnlySpan<byte> bytes)
        {
            if (closed) return;
            if (!sending && !HasPending) filled = sent = 0;
            bytes.CopyTo(pending.Span[filled..]);
            filled += bytes.Length;
            if (!sending) Send(OperationFlags.None);
        }

        private void Send(OperationFlags flags)
        {
            sending = true;
            relay.Start(
                OperationKind.Send, fd, flags, pending.Start + sent, (uint)(filled - sent),
                one => Sent(one, flags == OperationFlags.Wait));
        }

        private void Sent(Completion one, bool waited)
        {
            sending = false;
            if (closed) return;
            if (one.Result < 0 && one.Result != -Errno.Again)
            {
                Assert.Contains(one.Result, new[] { -Errno.ConnectionReset, -Errno.BrokenPipe });
                Fail();
                return;
            }
            Assert.True(!waited || one.Result > 0);
            sent += Math.Max(one.Result, 0);
            if (HasPending) Send(OperationFlags.Wait);
            PassOn();
            Other!.ArmReceive();
        }

        /// <summary>
        /// Sends our end when the other side has ended and all is sent; closes when both have.
        /// </summary>
        private void PassOn()
        {
            if (closed || sending || HasPending || !Other!.ended) return;
            if (!shut)
            {
                shut = true;
                relay.AddPlain(OperationKind.ShutdownSend, fd);
            }
            if (!Other.shut) return;
            Close(OperationFlags.None);
            Other.Close(OperationFlags.None);
        }
    }
}
