namespace Engine.Runtime.Kernel.Native;

/// <summary>struct pollfd.</summary>
internal struct PollEntry
{
    public int Fd;
    public short Events;
    public short Reported;
}
