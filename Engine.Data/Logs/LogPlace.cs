using Engine.Data.Kernel;

namespace Engine.Data.Logs;

/// <summary>Where log lines of one thread go, and those collected in this tick. 48 bytes.</summary>
internal unsafe struct LogPlace
{
    /// <summary>The lines, one behind the other.</summary>
    public byte* Text;

    /// <summary>A line each, also for a descriptor.</summary>
    public Datagram* Datagrams;

    /// <summary>By write of the batch: bytes written.</summary>
    public int* Written;

    /// <summary>Bytes and lines collected.</summary>
    public uint Bytes;

    public uint Lines;

    /// <summary>A connected datagram socket, or the descriptor of the target; -1 for none.</summary>
    public int Fd;

    public LogTargetKind Kind;
    public bool WantsOpening;
}
