using System;
using System.Collections.Generic;
using System.Diagnostics;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>
/// Plays the systems' part: queues operations, keeps what completed, gives buffers back. On disposal it
/// checks that every buffer is accounted for.
/// </summary>
internal sealed unsafe class KernelDriver : IDisposable
{
    private const int PatienceMs = 30_000;

    private readonly IKernelWorld world;
    private readonly List<Seen> seen = [];
    private readonly List<BufferRef> kept = [];
    private uint nextRow;

    public KernelDriver(
        IKernelWorld world, KernelSizes? sizes = null, uint smallBuffers = 4096, uint completions = 8192)
    {
        this.world = world;
        Slab = new BufferSlab(16384, smallBuffers, 16, 16);
        Operations = new OperationQueue(16384);
        Completions = new CompletionQueue(completions);
        Kernel = world.Open(Slab, sizes ?? new KernelSizes());
    }

    public IKernel Kernel { get; }

    public BufferSlab Slab { get; }

    public OperationQueue Operations { get; }

    public CompletionQueue Completions { get; }

    /// <summary>Small buffers are kept instead of returned, as a system under load would.</summary>
    public bool KeepsBuffers { get; set; }

    /// <summary>What completed and was not taken by <see cref="Expect"/>.</summary>
    public IReadOnlyList<Seen> Pending => seen;

    public static OperationOwner Owner(OperationKind kind, uint row, uint generation = 1) =>
        new(kind, row, generation);

    public OperationOwner Add(
        OperationKind kind, int fd, OperationFlags flags = OperationFlags.None, void* data = null,
        uint length = 0, int* descriptor = null)
    {
        OperationOwner owner = Owner(kind, nextRow++);
        AddOwned(owner, fd, flags, data, length, descriptor);
        return owner;
    }

    public void AddOwned(
        OperationOwner owner, int fd, OperationFlags flags = OperationFlags.None, void* data = null,
        uint length = 0, int* descriptor = null)
    {
        ref Operation operation = ref Operations.Add();
        operation.Kind = owner.Kind;
        operation.Owner = owner;
        operation.Fd = fd;
        operation.Flags = flags;
        operation.Data = data;
        operation.Length = length;
        operation.Descriptor = descriptor;
    }

    public void Submit()
    {
        Kernel.Submit(Operations, Completions);
        Take();
    }

    public void Wait(int timeoutMs)
    {
        Kernel.Wait(Completions, timeoutMs * 1_000_000L);
        Take();
    }

    /// <summary>Submits and waits until the condition holds; fails the test when it never does.</summary>
    public void Until(Func<bool> condition)
    {
        Submit();
        Stopwatch patience = Stopwatch.StartNew();
        while (!condition())
        {
            Wait(5);
            Assert.True(patience.ElapsedMilliseconds < PatienceMs, "nothing more happened");
        }
    }

    /// <summary>The next completion of an operation, waited for and taken.</summary>
    public Seen Expect(OperationOwner owner)
    {
        int index = -1;
        Until(() => (index = seen.FindIndex(one => one.Owner == owner)) >= 0);
        Seen found = seen[index];
        seen.RemoveAt(index);
        return found;
    }

    /// <summary>Nothing completes for this owner in a few polls.</summary>
    public void ExpectNothing(OperationOwner owner)
    {
        Submit();
        for (int i = 0; i < 3; i++) Wait(2);
        Assert.DoesNotContain(seen, one => one.Owner == owner);
    }

    /// <summary>A connection: the descriptor of our end.</summary>
    public int Accept(int listener)
    {
        OperationOwner owner = Add(OperationKind.Accept, listener);
        Seen accepted = Expect(owner);
        Assert.True(accepted.Result >= 0, $"accept gave {accepted.Result}");
        return accepted.Result;
    }

    /// <summary>Both ends of a fresh connection.</summary>
    public int Connect(out IPeer peer)
    {
        int listener = world.Listen(out SocketAddress address);
        peer = world.ConnectClient(address);
        return Accept(listener);
    }

    /// <summary>Ends what is armed and closes.</summary>
    public void Close(int fd, OperationFlags flags = OperationFlags.None)
    {
        Add(OperationKind.CancelAll, fd);
        Add(OperationKind.Close, fd, flags);
        Submit();
    }

    /// <summary>Reads so many bytes at the peer while the back end runs.</summary>
    public byte[] ReadAt(IPeer peer, int count)
    {
        byte[] bytes = new byte[count];
        int read = 0;
        Until(() =>
        {
            int result = peer.Read(bytes.AsSpan(read));
            if (result == -Errno.Again) return false;
            Assert.True(result > 0, $"read gave {result} after {read} bytes");
            read += result;
            return read == count;
        });
        return bytes;
    }

    /// <summary>What a peer's read gives that is no data: 0 for the end, or a negated errno.</summary>
    public int EndAt(IPeer peer)
    {
        byte[] bytes = new byte[4096];
        int result = 0;
        Until(() =>
        {
            do result = peer.Read(bytes);
            while (result > 0);
            return result != -Errno.Again;
        });
        return result;
    }

    /// <summary>Sends all bytes at the peer while the back end runs.</summary>
    public void SendAt(IPeer peer, byte[] bytes)
    {
        int sent = 0;
        Until(() =>
        {
            int result = peer.Send(bytes.AsSpan(sent));
            if (result == -Errno.Again) return false;
            Assert.True(result > 0, $"send gave {result}");
            sent += result;
            return sent == bytes.Length;
        });
    }

    public void ReturnKept()
    {
        foreach (BufferRef buffer in kept) Slab.Return(buffer);
        kept.Clear();
    }

    public void Dispose()
    {
        Take();
        ReturnKept();
        try
        {
            Assert.Equal(world.BuffersHeld, Slab.Lent);
        }
        finally
        {
            Kernel.Dispose();
        }
        Assert.Equal(0u, Slab.Lent);
    }

    private void Take()
    {
        foreach (ref Completion completion in Completions.Items)
        {
            byte[] data = [];
            if (!completion.Buffer.IsNone)
            {
                ref BufferSegment segment = ref Slab.Segment(completion.Buffer);
                Assert.Equal(0, segment.Start);
                Assert.Equal(completion.Result, segment.End);
                data = new ReadOnlySpan<byte>(Slab.Address(completion.Buffer), completion.Result).ToArray();
                if (KeepsBuffers) kept.Add(completion.Buffer);
                else Slab.Return(completion.Buffer);
            }
            AcceptedAddresses addresses = completion.Addresses == null ? default : *completion.Addresses;
            seen.Add(new Seen(completion.Owner, completion.Result, completion.Flags, data, addresses));
        }
        Completions.Clear();
    }
}

internal sealed record Seen(
    OperationOwner Owner, int Result, CompletionFlags Flags, byte[] Data, AcceptedAddresses Addresses)
{
    public bool More => (Flags & CompletionFlags.More) != 0;
}
