using System.Runtime.InteropServices;
using Engine.Data.Buffers;
using Engine.Data.Tables;
using Engine.Data.Time;

namespace Engine.Data.Connections;

/// <summary>
/// What every tick touches of a connection, client or server side alike: one cache line. An idle connection costs
/// this line and its row in the cold columns; it holds no buffer.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = NativeRegion.CacheLine)]
public struct Connection
{
    /// <summary>The socket, -1 when there is none.</summary>
    public int Fd;

    /// <summary>The stream it works for now, <see cref="Tables.Table.NoRow"/> when idle.</summary>
    public uint Stream;

    public ConnectionFlags Flags;

    /// <summary>Client side: number of the listener. Server side: number of the server.</summary>
    public int Owner;

    /// <summary>Bytes received and not consumed.</summary>
    public BufferChain In;

    /// <summary>Bytes to send.</summary>
    public BufferChain Out;

    public Timer Timer;
    public ConnectionState State;

    /// <summary>Operations in the kernel's hands; the row may be freed at 0.</summary>
    public byte OperationsInFlight;
}
