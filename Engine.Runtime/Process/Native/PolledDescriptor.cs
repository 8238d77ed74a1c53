namespace Engine.Runtime.Process.Native;

/// <summary>struct pollfd.</summary>
internal struct PolledDescriptor
{
    public const short In = 1;
    public const short Out = 4;

    public int Fd;
    public short Wanted;
    public short Seen;
}
