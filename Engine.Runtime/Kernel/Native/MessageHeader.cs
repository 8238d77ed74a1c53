using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>struct msghdr of 64-bit Linux: 56 bytes.</summary>
internal unsafe struct MessageHeader
{
    public byte* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* ControlData;
    public nuint ControlLength;
    public int Flags;
}
