using System.Runtime.InteropServices;

namespace Engine.Data.Kernel;

/// <summary>What the kernel measured of a TCP connection: the beginning of its <c>tcp_info</c> (tcp(7)), 92 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
public struct TcpMeasures
{
    public const int Bytes = 92;

    /// <summary>Segments.</summary>
    [FieldOffset(24)]
    public uint Unacknowledged;

    [FieldOffset(28)]
    public uint Sacked;

    [FieldOffset(32)]
    public uint Lost;

    [FieldOffset(36)]
    public uint Retransmitted;

    [FieldOffset(40)]
    public uint ForwardAcknowledged;

    /// <summary>Microseconds.</summary>
    [FieldOffset(68)]
    public uint RoundTrip;

    /// <summary>Microseconds.</summary>
    [FieldOffset(72)]
    public uint RoundTripVariance;

    /// <summary>Segments.</summary>
    [FieldOffset(88)]
    public uint Reordering;
}
