namespace Engine.Runtime.Process.Native;

/// <summary>struct rlimit; both are counts of descriptors or bytes, all ones for no limit.</summary>
internal struct ResourceLimit
{
    public const int OpenFiles = 7;

    public ulong Soft;
    public ulong Hard;
}
