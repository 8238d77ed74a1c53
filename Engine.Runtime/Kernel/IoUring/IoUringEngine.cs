using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>Turns operations into submission entries and ring completions into completions.</summary>
internal sealed unsafe class IoUringEngine : IDisposable
{
    /// <summary>Entries that one operation may need.</summary>
    private const uint EntriesPerOperation = 2;

    /// <summary>
    /// Sends of a batch that are called directly: with so few, a call each costs less than the entry into the ring that
    /// they need before the one that sleeps.
    /// </summary>
    private const int DirectSendsMax = 2;

    /// <summary>A thread that does not come to sleep hands its entries over all the same after so many batches.</summary>
    private const int BatchesKeptMax = 2;

    private readonly Ring ring;
    private readonly ReceiveBuffers smallBuffers;
    private readonly ReceiveBuffers largeBuffers;
    private readonly BufferSlab slab;
    private readonly uint descriptorCount;
    private readonly int wakeFd;
    private MappedMemory armedMemory;
    private readonly Armed* armed;
    private readonly IoUringAccepts accepts;
    private readonly IoUringSplices splices;
    private BatchArena arena = new();

    /// <summary>Completions that found the queue full, to be delivered before any that came later.</summary>
    private NativeList<CompletionEntry> late;

    /// <summary>Shutdowns, and closes of the same descriptors, that follow the sends of the batch.</summary>
    private NativeList<AfterBatch> afterBatch;

    private bool wakeArmed;
    private bool woken;

    /// <summary>The sends of this batch are called directly.</summary>
    private bool sendsDirectly;

    /// <summary>What was prepared must reach the kernel before the batch ends; the rest goes with the next wait.</summary>
    private bool mustFlush;

    /// <summary>Batches since the last call of the kernel whose entries stayed for the next wait.</summary>
    private int batchesKept;

    public IoUringEngine(BufferSlab slab, in KernelSizes sizes)
    {
        this.slab = slab;
        ring = new Ring(sizes.SubmissionEntries, sizes.CompletionEntries);
        try
        {
            smallBuffers = new ReceiveBuffers(
                ring, slab, BufferClass.Small, ReceiveBuffers.SmallGroup, sizes.ReceiveBuffers,
                sizes.ReceiveBuffersMax);
            largeBuffers = new ReceiveBuffers(
                ring, slab, BufferClass.Large, ReceiveBuffers.LargeGroup, sizes.LargeReceiveBuffers,
                sizes.LargeReceiveBuffersMax);
            wakeFd = WakeDescriptor.Open();
        }
        catch (KernelException)
        {
            ring.Dispose();
            throw;
        }
        descriptorCount = sizes.Descriptors;
        armedMemory = new MappedMemory(descriptorCount * (nuint)sizeof(Armed));
        armed = (Armed*)armedMemory.Start;
        accepts = new IoUringAccepts(ring, armed, sizes);
        splices = new IoUringSplices(ring, armed);
    }

    /// <summary>Buffers of the slab that the back end holds.</summary>
    public uint BuffersHeld => smallBuffers.Held + largeBuffers.Held;

    public void Submit(OperationQueue operations, CompletionQueue completions)
    {
        if (completions.Count == 0) accepts.ClearAddresses();
        Span<Operation> batch = operations.Items;
        sendsDirectly = HasFewSends(batch);
        for (int i = 0; i < batch.Length; i++)
        {
            if (ring.Room < EntriesPerOperation || !arena.HasRoom) Flush(completions);
            Prepare(ref batch[i], completions);
        }
        operations.Clear();
        if (MustFlush()) Flush(completions);
        if (afterBatch.Count > 0) RunAfterBatch();
        Collect(completions);
        // A send that failed must be known before this returns, even when its completion found the ring full.
        while (ring.HasOverflow)
        {
            _ = ring.Enter();
            Collect(completions);
        }
    }

    public void Wait(CompletionQueue completions, long timeoutNanoseconds)
    {
        if (completions.Count == 0) accepts.ClearAddresses();
        if (!wakeArmed) ArmWake();
        Collect(completions);
        if (completions.Count == 0 && !woken)
        {
            smallBuffers.Refill();
            largeBuffers.Refill();
            batchesKept = 0;
            int result = timeoutNanoseconds == 0 ? ring.Enter() : ring.EnterAndWait(timeoutNanoseconds);
            // Anything else is a wrong argument: it would spin here for ever.
            Check.That(result >= 0 || result is -Errno.TimerExpired or -Errno.Interrupted or -Errno.Busy
                or -Errno.Again or -Errno.NoMemory);
            Collect(completions);
        }
        woken = false;
    }

    public void Wake() => WakeDescriptor.Signal(wakeFd);

    public void Dispose()
    {
        ring.Dispose();
        smallBuffers.Dispose();
        largeBuffers.Dispose();
        Sockets.Close(wakeFd);
        armedMemory.Dispose();
        accepts.Dispose();
        splices.Dispose();
        arena.Dispose();
        late.Dispose();
        afterBatch.Dispose();
    }

    private bool MustFlush()
    {
        if (mustFlush || afterBatch.Count > 0) return true;
        return ring.Unsubmitted > 0 && ++batchesKept > BatchesKeptMax;
    }

    private static bool HasFewSends(Span<Operation> batch)
    {
        int sends = 0;
        foreach (ref readonly Operation operation in batch)
        {
            if (operation.Kind is OperationKind.Send or OperationKind.SendVector) sends++;
        }
        return sends <= DirectSendsMax;
    }

    private void Prepare(ref Operation operation, CompletionQueue completions)
    {
        switch (operation.Kind)
        {
            case OperationKind.Receive:
                ArmedOn(operation).Receive = operation.Owner.Value;
                Entries.Receive(ring.NextEntry(), operation);
                break;
            case OperationKind.Send:
                uint length = operation.Length;
                PrepareSend(operation, IoUringAbi.Send, operation.Data, length, length, completions);
                break;
            case OperationKind.SendVector:
                PrepareSendVector(operation, completions);
                break;
            case OperationKind.SpliceIn:
                ArmedOn(operation).Receive = splices.Arm(operation);
                break;
            case OperationKind.SpliceOut:
                PrepareSpliceOut(operation, completions);
                break;
            case OperationKind.EmptyPipe:
                splices.Empty(operation.Pipe);
                break;
            case OperationKind.Accept:
                ArmedOn(operation).Receive = accepts.Arm(operation);
                break;
            case OperationKind.Connect:
                PrepareConnect(operation, completions);
                break;
            case OperationKind.TellLocal:
                Sockets.GetLocal(operation.Fd, out *(SocketAddress*)operation.Data);
                break;
            case OperationKind.SetOption:
                SettingOnSocket.Run(operation.Fd, (SocketSetting)operation.Length, operation.Value);
                break;
            case OperationKind.CancelReceive:
                Cancel(ref ArmedOn(operation).Receive);
                break;
            case OperationKind.CancelAll:
                Cancel(ref ArmedOn(operation).Receive);
                Cancel(ref ArmedOn(operation).Send);
                break;
            case OperationKind.ShutdownSend:
                afterBatch.Add(new AfterBatch { Fd = operation.Fd });
                break;
            case OperationKind.Close:
                PrepareClose(operation);
                break;
            case OperationKind.SendDatagrams:
                ref Completion sent = ref completions.Add();
                sent.Owner = operation.Owner;
                sent.Result = DatagramSender.Run(operation.Fd, (Datagram*)operation.Data, operation.Length);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Armed ArmedOn(in Operation operation)
    {
        Check.That((uint)operation.Fd < descriptorCount);
        return ref armed[operation.Fd];
    }

    /// <param name="length">Bytes at data, or 1 for a message header.</param>
    /// <param name="total">Bytes to be sent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrepareSend(
        in Operation operation, byte code, void* data, uint length, uint total, CompletionQueue completions)
    {
        if ((operation.Flags & OperationFlags.Wait) != 0)
        {
            ArmedOn(operation).Send = operation.Owner.Value;
            Entries.SendWaiting(ring.NextEntry(), code, operation, data, length);
            mustFlush = true; // its vectors live as long as the batch
            return;
        }
        if (sendsDirectly)
        {
            SendDirectly(operation, completions);
            return;
        }
        mustFlush = true;
        // The completion is written as if all goes well; what comes back from the ring corrects it.
        Entries.SendNow(ring.NextEntry(), code, operation, data, length, completions.Count);
        ref Completion completion = ref completions.Add();
        completion.Owner = operation.Owner;
        completion.Result = (int)total;
    }

    private static void SendDirectly(in Operation operation, CompletionQueue completions)
    {
        bool more = (operation.Flags & OperationFlags.More) != 0;
        ref Completion completion = ref completions.Add();
        completion.Owner = operation.Owner;
        completion.Result = operation.Kind == OperationKind.Send
            ? Sockets.Send(operation.Fd, operation.Data, operation.Length, more)
            : Sockets.SendVector(operation.Fd, (IoVector*)operation.Data, operation.Length, more);
    }

    private void PrepareSendVector(in Operation operation, CompletionQueue completions)
    {
        IoVector* vectors = (IoVector*)operation.Data;
        nuint total = 0;
        for (uint i = 0; i < operation.Length; i++) total += vectors[i].Length;
        Check.That(total <= int.MaxValue);
        MessageHeader* header = (MessageHeader*)arena.Take((uint)sizeof(MessageHeader));
        *header = new MessageHeader { Vectors = vectors, VectorCount = operation.Length };
        PrepareSend(operation, IoUringAbi.SendMessage, header, 1, (uint)total, completions);
    }

    /// <summary>Whatever was sent to this socket before has completed: at most one send is under way.</summary>
    private void PrepareSpliceOut(in Operation operation, CompletionQueue completions)
    {
        if ((operation.Flags & OperationFlags.Wait) != 0)
        {
            ArmedOn(operation).Send = splices.Arm(operation);
            return;
        }
        ref Completion completion = ref completions.Add();
        completion.Owner = operation.Owner;
        completion.Result = splices.DrainNow(operation);
    }

    private void PrepareConnect(in Operation operation, CompletionQueue completions)
    {
        SocketAddress* target = (SocketAddress*)operation.Data;
        int fd = OutgoingSockets.Open(operation, 0);
        if (fd >= (int)descriptorCount)
        {
            Sockets.Close(fd);
            fd = -Errno.TooManyFiles;
        }
        *operation.Descriptor = fd < 0 ? -1 : fd;
        if (fd < 0)
        {
            ref Completion completion = ref completions.Add();
            completion.Owner = operation.Owner;
            completion.Result = fd;
            return;
        }
        byte* raw = arena.Take(RawAddress.SizeMax);
        uint length = RawAddress.Write(target, raw);
        armed[fd] = new Armed { Send = operation.Owner.Value };
        Entries.Connect(ring.NextEntry(), operation, fd, raw, length);
        mustFlush = true; // its address lives as long as the batch
    }

    private void PrepareClose(in Operation operation)
    {
        ArmedOn(operation) = default;
        if ((operation.Flags & OperationFlags.Reset) != 0) Sockets.ResetOnClose(operation.Fd);
        for (int i = 0; i < afterBatch.Count; i++)
        {
            if (afterBatch[i].Fd != operation.Fd) continue;
            afterBatch.Add(new AfterBatch { Fd = operation.Fd, Close = true });
            return;
        }
        Entries.Close(ring.NextEntry(), operation.Fd);
    }

    private void Cancel(ref ulong target)
    {
        if (target == 0) return;
        if ((target & UserData.KindMask) == UserData.Splice) splices.Forget(target);
        Entries.Cancel(ring.NextEntry(), target);
        target = 0;
    }

    private void ArmWake()
    {
        Entries.Poll(ring.NextEntry(), wakeFd, true, UserData.Wake);
        wakeArmed = true;
    }

    /// <summary>Submits what was prepared, all of it.</summary>
    private void Flush(CompletionQueue completions)
    {
        smallBuffers.Refill();
        largeBuffers.Refill();
        do
        {
            int result = ring.Enter();
            if (result >= 0 || result == -Errno.Interrupted) continue;
            // No memory for requests, or for completions that nobody took: take them and try again.
            Check.That(result is -Errno.Again or -Errno.NoMemory or -Errno.Busy);
            Collect(completions);
            Thread.Sleep(0);
        }
        while (ring.Unsubmitted > 0);
        arena.Clear();
        mustFlush = false;
        batchesKept = 0;
    }

    /// <summary>
    /// io_uring would hand a shutdown to a worker thread: it is called directly, after the batch.
    /// </summary>
    private void RunAfterBatch()
    {
        for (int i = 0; i < afterBatch.Count; i++)
        {
            AfterBatch item = afterBatch[i];
            if (item.Close) Sockets.Close(item.Fd);
            else _ = Libc.Shutdown(item.Fd, Linux.ShutdownWrite);
        }
        afterBatch.Clear();
    }

    private void Collect(CompletionQueue completions)
    {
        if (late.Count > 0) DeliverLate(completions);
        uint position = ring.CompletionHead;
        uint end = ring.CompletionTail;
        if (position == end) return;
        for (; position != end; position++)
        {
            CompletionEntry* entry = ring.CompletionAt(position);
            if (entry->UserData >= UserData.FirstOwn) TakeOwn(entry, completions);
            else if (late.Count > 0 || completions.Room == 0) late.Add(*entry);
            else Deliver(entry, completions);
        }
        ring.TakeCompletions(position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(CompletionEntry* entry, CompletionQueue completions)
    {
        ref Completion completion = ref completions.Add();
        completion.Owner = new OperationOwner(entry->UserData);
        completion.Result = entry->Result;
        // More and SocketNotEmpty stand one bit higher in the ring's flags than in ours.
        completion.Flags = (CompletionFlags)((entry->Flags >> 1) & 3);
        if ((entry->Flags & IoUringAbi.HasBuffer) != 0)
        {
            BufferRef buffer = (ReceiveBuffers.IsLarge(entry->Flags) ? largeBuffers : smallBuffers).Take(entry->Flags);
            if (entry->Result > 0)
            {
                completion.Buffer = buffer;
                slab.Segment(buffer).End = entry->Result;
            }
            else
            {
                slab.Return(buffer);
            }
        }
        else if (entry->Result == -Errno.NoBuffers)
        {
            smallBuffers.Starved();
            largeBuffers.Starved();
        }
    }

    private void TakeOwn(CompletionEntry* entry, CompletionQueue completions)
    {
        switch (entry->UserData & UserData.KindMask)
        {
            case UserData.Send:
                completions.Items[(int)entry->UserData].Result = entry->Result;
                break;
            case UserData.Accept:
                if (late.Count > 0 || completions.Room == 0 || accepts.IsFull) late.Add(*entry);
                else accepts.Take(entry, completions);
                break;
            case UserData.Splice:
                if (late.Count > 0 || completions.Room == 0) late.Add(*entry);
                else FinishSplice(entry, completions);
                break;
            case UserData.Wake:
                woken = true;
                wakeArmed = (entry->Flags & IoUringAbi.HasMore) != 0;
                break;
            case UserData.Close:
                // Closed twice: the second could have been another's.
                Check.That(entry->Result != -Errno.BadDescriptor);
                break;
            default:
                break; // a cancel that came too late
        }
    }

    private void FinishSplice(CompletionEntry* entry, CompletionQueue completions)
    {
        if (!splices.TryFinish(entry, out OperationOwner owner, out int result)) return;
        ref Completion completion = ref completions.Add();
        completion.Owner = owner;
        completion.Result = result;
    }

    private void DeliverLate(CompletionQueue completions)
    {
        int delivered = 0;
        for (; delivered < late.Count && completions.Room > 0; delivered++)
        {
            CompletionEntry entry = late[delivered];
            if (entry.UserData < UserData.FirstOwn) Deliver(&entry, completions);
            else if ((entry.UserData & UserData.KindMask) == UserData.Splice) FinishSplice(&entry, completions);
            else if (!accepts.IsFull) accepts.Take(&entry, completions);
            else break;
        }
        late.RemoveFirst(delivered);
    }

    private struct AfterBatch
    {
        public int Fd;
        public bool Close;
    }
}
