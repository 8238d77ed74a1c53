namespace Engine.Runtime.Kernel.IoUring;

/// <summary>struct io_uring_cqe: 16 bytes.</summary>
internal struct CompletionEntry
{
    public ulong UserData;
    public int Result;
    public uint Flags;
}
