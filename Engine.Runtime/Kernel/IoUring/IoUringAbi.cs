namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// Numbers of io_uring's interface (io_uring_setup(2), io_uring_enter(2), io_uring_register(2)).
/// </summary>
internal static class IoUringAbi
{
    // Operation codes.
    public const byte PollAdd = 6;
    public const byte SendMessage = 9;
    public const byte Accept = 13;
    public const byte AsyncCancel = 14;
    public const byte Connect = 16;
    public const byte Close = 19;
    public const byte Send = 26;
    public const byte Receive = 27;

    // Submission entry flags.
    public const byte SelectBuffer = 1 << 5;
    public const byte SkipSuccess = 1 << 6;

    // The ioprio field of receive and accept.
    public const ushort PollFirst = 1 << 0;
    public const ushort ReceiveMultishot = 1 << 1;
    public const ushort AcceptMultishot = 1 << 0;

    /// <summary>Poll: stay armed, one completion for each edge. In the length field.</summary>
    public const uint PollMultishot = 1 << 0;

    // Completion flags.
    public const uint HasBuffer = 1 << 0;
    public const uint HasMore = 1 << 1;
    public const uint SocketNotEmpty = 1 << 2;
    public const int BufferShift = 16;

    // Setup.
    public const uint SetupCompletionSize = 1 << 3;
    public const uint SetupClamp = 1 << 4;
    public const uint SetupDisabled = 1 << 6;
    public const uint SetupSubmitAll = 1 << 7;
    public const uint SetupCooperative = 1 << 8;
    public const uint SetupSingleIssuer = 1 << 12;
    public const uint SetupDeferTaskRun = 1 << 13;
    public const uint SetupNoSubmissionArray = 1 << 16;

    // Features.
    public const uint FeatureSingleMap = 1 << 0;
    public const uint FeatureNoDrop = 1 << 1;
    public const uint FeatureExtendedArgument = 1 << 8;
    public const uint FeatureSkip = 1 << 11;
    public const uint FeatureNoIoWait = 1 << 17;

    // Enter.
    public const uint EnterGetEvents = 1 << 0;
    public const uint EnterExtendedArgument = 1 << 3;
    public const uint EnterRegisteredRing = 1 << 4;
    public const uint EnterNoIoWait = 1 << 7;

    /// <summary>
    /// In the submission ring's flags: completions wait in kernel memory for room in the ring.
    /// </summary>
    public const uint CompletionOverflow = 1 << 1;

    // Register.
    public const uint RegisterEnableRings = 12;
    public const uint RegisterRingDescriptors = 20;
    public const uint UnregisterRingDescriptors = 21;
    public const uint RegisterBufferRing = 22;
    public const uint RegisterSyncCancel = 24;
    public const uint CancelAll = 1 << 0;
    public const uint CancelAny = 1 << 2;

    // mmap offsets.
    public const nint OffsetRings = 0;
    public const nint OffsetEntries = 0x1000_0000;
}
