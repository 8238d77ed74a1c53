namespace Engine.Data.Kernel;

/// <summary>
/// Linux error numbers that completions carry negated, the same on x86-64 and arm64 (asm-generic/errno.h).
/// </summary>
public static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int BadDescriptor = 9;

    /// <summary>EAGAIN: the call would have to wait.</summary>
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int Invalid = 22;

    /// <summary>ENFILE: the machine is out of descriptors.</summary>
    public const int TooManyFilesOnMachine = 23;

    /// <summary>EMFILE: the process is out of descriptors.</summary>
    public const int TooManyFiles = 24;
    public const int BrokenPipe = 32;
    public const int NoSystemCall = 38;
    public const int TimerExpired = 62;
    public const int Protocol = 71;

    /// <summary>EBADFD: an io_uring that is not enabled yet.</summary>
    public const int BadDescriptorState = 77;
    public const int NotSocket = 88;
    public const int NoProtocolOption = 92;
    public const int OperationNotSupported = 95;
    public const int AddressInUse = 98;
    public const int AddressNotAvailable = 99;
    public const int NetworkDown = 100;
    public const int NetworkUnreachable = 101;
    public const int ConnectionAborted = 103;
    public const int ConnectionReset = 104;

    /// <summary>ENOBUFS: a Receive found the slab without small buffers.</summary>
    public const int NoBuffers = 105;
    public const int NotConnected = 107;
    public const int TimedOut = 110;
    public const int ConnectionRefused = 111;
    public const int HostDown = 112;
    public const int HostUnreachable = 113;
    public const int InProgress = 115;

    /// <summary>ECANCELED: the operation was ended by CancelReceive or CancelAll.</summary>
    public const int Canceled = 125;
}
