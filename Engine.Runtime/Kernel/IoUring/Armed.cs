namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// User data of what may be armed on a descriptor, so that a cancel finds it; 0 for nothing.
/// </summary>
internal struct Armed
{
    public ulong Receive;
    public ulong Send;
}
