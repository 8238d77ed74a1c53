namespace Engine.Runtime.Process.Native;

/// <summary>Two of struct __user_cap_data_struct: the lower and the upper 32 bits of each set.</summary>
internal struct CapabilitySets
{
    public uint Effective;
    public uint Permitted;
    public uint Inheritable;
    public uint EffectiveHigh;
    public uint PermittedHigh;
    public uint InheritableHigh;
}
