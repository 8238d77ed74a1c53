namespace Engine.Data.Kernel;

/// <summary>struct iovec: one piece of a gathered write.</summary>
public unsafe struct IoVector
{
    public void* Base;
    public nuint Length;
}
