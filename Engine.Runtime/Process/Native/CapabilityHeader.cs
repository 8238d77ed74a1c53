namespace Engine.Runtime.Process.Native;

/// <summary>struct __user_cap_header_struct.</summary>
internal struct CapabilityHeader
{
    /// <summary>_LINUX_CAPABILITY_VERSION_3: sets of 64 bits.</summary>
    public const uint Version3 = 0x2008_0522;

    public uint Version;

    /// <summary>0: the calling thread.</summary>
    public int Process;
}
