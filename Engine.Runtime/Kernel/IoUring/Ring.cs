using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// One io_uring: its shared memory and its three system calls. It is made disabled and enabled by the first
/// thread that enters it, which is from then on the only one allowed to (SINGLE_ISSUER).
/// </summary>
internal sealed unsafe class Ring : IDisposable
{
    private const int EntrySize = 64;

    private const uint FeaturesNeeded = IoUringAbi.FeatureSingleMap | IoUringAbi.FeatureNoDrop
        | IoUringAbi.FeatureExtendedArgument | IoUringAbi.FeatureSkip;

    // What is asked for, best first. SINGLE_ISSUER and DEFER_TASKRUN came with Linux 6.0 and 6.1, the ring
    // without an index array with 6.6. Rings that interrupt the thread for every completion cost a fifth more
    // CPU: never used.
    private static ReadOnlySpan<uint> Wishes =>
    [
        IoUringAbi.SetupSingleIssuer | IoUringAbi.SetupDeferTaskRun | IoUringAbi.SetupNoSubmissionArray,
        IoUringAbi.SetupSingleIssuer | IoUringAbi.SetupDeferTaskRun,
        IoUringAbi.SetupSingleIssuer | IoUringAbi.SetupCooperative,
    ];

    private readonly int fd;
    private readonly nint rings;
    private readonly nuint ringsLength;
    private readonly nint entriesMap;
    private readonly nuint entriesLength;
    private readonly byte* entries;
    private readonly uint submissionCapacity;
    private readonly uint submissionMask;
    private readonly uint* submissionHead;
    private readonly uint* submissionTail;
    private readonly uint* submissionFlags;
    private readonly CompletionEntry* completions;
    private readonly uint completionMask;
    private readonly uint* completionHead;
    private readonly uint* completionTail;
    private readonly uint waitFlags;
    private int enterFd;
    private uint enterFlags;
    private uint tail;
    private uint head;
    private bool disposed;

    /// <exception cref="KernelException">The kernel refuses: too old, forbidden, or out of
    /// memory.</exception>
    public Ring(uint submissionEntries, uint completionEntries)
    {
        fd = Setup(submissionEntries, completionEntries, out RingParameters parameters);
        if (fd < 0) throw new KernelException("io_uring_setup", fd);
        submissionCapacity = parameters.SubmissionEntries;
        ringsLength = Math.Max(
            parameters.SubmissionArray + (parameters.SubmissionEntries * sizeof(uint)),
            parameters.Completions + (parameters.CompletionEntries * (uint)sizeof(CompletionEntry)));
        entriesLength = parameters.SubmissionEntries * EntrySize;
        rings = Map(ringsLength, IoUringAbi.OffsetRings);
        entriesMap = Map(entriesLength, IoUringAbi.OffsetEntries);
        if (rings == -1 || entriesMap == -1)
        {
            Dispose();
            throw new KernelException("mmap of io_uring", -Errno.NoMemory);
        }
        byte* start = (byte*)rings;
        entries = (byte*)entriesMap;
        submissionHead = (uint*)(start + parameters.SubmissionHead);
        submissionTail = (uint*)(start + parameters.SubmissionTail);
        submissionFlags = (uint*)(start + parameters.SubmissionFlags);
        submissionMask = *(uint*)(start + parameters.SubmissionMask);
        completionHead = (uint*)(start + parameters.CompletionHead);
        completionTail = (uint*)(start + parameters.CompletionTail);
        completionMask = *(uint*)(start + parameters.CompletionMask);
        completions = (CompletionEntry*)(start + parameters.Completions);
        if ((parameters.Flags & IoUringAbi.SetupNoSubmissionArray) == 0)
        {
            uint* array = (uint*)(start + parameters.SubmissionArray);
            for (uint i = 0; i < submissionCapacity; i++) array[i] = i;
        }
        enterFd = fd;
        // Without it a thread that waits for clients counts as waiting for a disk.
        waitFlags = (parameters.Features & IoUringAbi.FeatureNoIoWait) != 0 ? IoUringAbi.EnterNoIoWait : 0;
    }

    /// <summary>The errno for which this kernel does not give us a ring, 0 when it does.</summary>
    public static int Probe()
    {
        int fd = Setup(8, 16, out _);
        if (fd < 0) return -fd;
        Sockets.Close(fd);
        return 0;
    }

    /// <summary>Entries written and not yet taken by the kernel.</summary>
    public uint Unsubmitted => tail - head;

    /// <summary>Entries that can be written before the next <see cref="Enter()"/>.</summary>
    public uint Room => submissionCapacity - Unsubmitted;

    public bool HasOverflow => (Volatile.Read(ref *submissionFlags) & IoUringAbi.CompletionOverflow) != 0;

    /// <summary>
    /// The next submission entry as eight words, all of which the caller writes. The ring is not full.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* NextEntry() => (ulong*)(entries + ((tail++ & submissionMask) * EntrySize));

    /// <summary>First completion not taken yet.</summary>
    public uint CompletionHead => *completionHead;

    /// <summary>One past the last completion.</summary>
    public uint CompletionTail => Volatile.Read(ref *completionTail);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompletionEntry* CompletionAt(uint position) => completions + (position & completionMask);

    /// <summary>Gives the entries before this position back to the kernel.</summary>
    public void TakeCompletions(uint position) => Volatile.Write(ref *completionHead, position);

    /// <summary>
    /// Hands over what was written and runs what the kernel has deferred, without sleeping. Returns the
    /// result of the call; <see cref="Unsubmitted"/> tells what was taken.
    /// </summary>
    public int Enter()
    {
        Volatile.Write(ref *submissionTail, tail);
        return Enter(Unsubmitted, 0, IoUringAbi.EnterGetEvents, null, 0);
    }

    /// <summary>The same, and sleeps until a completion is there. Negative: no limit.</summary>
    public int EnterAndWait(long timeoutNanoseconds)
    {
        Volatile.Write(ref *submissionTail, tail);
        long* time = stackalloc long[2]; // struct __kernel_timespec
        time[0] = timeoutNanoseconds / 1_000_000_000;
        time[1] = timeoutNanoseconds % 1_000_000_000;
        // struct io_uring_getevents_arg: signal mask, its size and padding, time
        ulong* argument = stackalloc ulong[3];
        argument[0] = 0;
        argument[1] = 0;
        argument[2] = timeoutNanoseconds < 0 ? 0 : (ulong)time;
        return Enter(
            Unsubmitted, 1, IoUringAbi.EnterGetEvents | IoUringAbi.EnterExtendedArgument | waitFlags,
            argument, 3 * sizeof(ulong));
    }

    /// <summary>io_uring_register; 0 or more, or a negated errno.</summary>
    public int Register(uint operation, void* argument, uint count) =>
        Libc.Value(Libc.SystemCall(
            Linux.IoUringRegister, fd, (nint)operation, (nint)argument, (nint)count, 0, 0));

    /// <summary>Ends everything under way, waits until it has ended and gives the memory back.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        // struct io_uring_sync_cancel_reg: user data, fd (none) and flags, time limit of a second, padding
        ulong* cancel = stackalloc ulong[8];
        new Span<ulong>(cancel, 8).Clear();
        cancel[1] = ((ulong)(IoUringAbi.CancelAll | IoUringAbi.CancelAny) << 32) | uint.MaxValue;
        cancel[2] = 1;
        _ = Register(IoUringAbi.RegisterSyncCancel, cancel, 1);
        if (enterFlags != 0)
        {
            ulong* update = stackalloc ulong[2]; // struct io_uring_rsrc_update: offset, padding, data
            update[0] = (uint)enterFd;
            update[1] = 0;
            _ = Register(IoUringAbi.UnregisterRingDescriptors, update, 1);
        }
        if (rings is not 0 and not -1) _ = Libc.Unmap(rings, ringsLength);
        if (entriesMap is not 0 and not -1) _ = Libc.Unmap(entriesMap, entriesLength);
        Sockets.Close(fd);
    }

    private int Enter(uint submit, uint waitFor, uint flags, void* argument, nuint size)
    {
        int result = Libc.Value(Libc.SystemCall(
            Linux.IoUringEnter, enterFd, (nint)submit, (nint)waitFor, (nint)(flags | enterFlags),
            (nint)argument, (nint)size));
        head = Volatile.Read(ref *submissionHead);
        return result == -Errno.BadDescriptorState
            ? EnableAndEnter(submit, waitFor, flags, argument, size)
            : result;
    }

    /// <summary>The first call of the thread that owns the ring from now on.</summary>
    private int EnableAndEnter(uint submit, uint waitFor, uint flags, void* argument, nuint size)
    {
        int enabled = Register(IoUringAbi.RegisterEnableRings, null, 0);
        Check.That(enabled == 0);
        // A registered ring saves the reference count of its file at every call. struct io_uring_rsrc_update:
        // offset (any), padding, descriptor
        ulong* update = stackalloc ulong[2];
        update[0] = uint.MaxValue;
        update[1] = (ulong)fd;
        if (Register(IoUringAbi.RegisterRingDescriptors, update, 1) == 1)
        {
            enterFd = (int)(uint)update[0];
            enterFlags = IoUringAbi.EnterRegisteredRing;
        }
        return Enter(submit, waitFor, flags, argument, size);
    }

    private static int Setup(uint submissionEntries, uint completionEntries, out RingParameters parameters)
    {
        int result = -Errno.NoSystemCall;
        parameters = default;
        foreach (uint wish in Wishes)
        {
            RingParameters asked = default;
            asked.CompletionEntries = completionEntries;
            asked.Flags = wish | IoUringAbi.SetupCompletionSize | IoUringAbi.SetupClamp
                | IoUringAbi.SetupDisabled | IoUringAbi.SetupSubmitAll;
            result = Libc.Value(Libc.SystemCall(
                Linux.IoUringSetup, (nint)submissionEntries, (nint)(&asked), 0, 0, 0, 0));
            if (result < 0 && result != -Errno.Invalid) return result;
            if (result < 0) continue;
            parameters = asked;
            if ((asked.Features & FeaturesNeeded) == FeaturesNeeded) return result;
            Sockets.Close(result);
            return -Errno.NoSystemCall;
        }
        return result;
    }

    private nint Map(nuint length, nint offset) =>
        Libc.Map(
            0, length, Linux.ProtectRead | Linux.ProtectWrite, Linux.MapShared, fd, offset);
}
