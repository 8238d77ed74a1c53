using System.Runtime.InteropServices;

namespace Engine.Data.Health;

/// <summary>Servers of a backend that may be given requests. Changed by atomics, when a server changes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct BackendHealth
{
    /// <summary>Usable servers that are no backups, and backups.</summary>
    public int Active;

    public int Backups;

    /// <summary>Weights of the usable servers, likewise.</summary>
    public int ActiveWeight;

    public int BackupWeight;

    /// <summary>Monotonic clock when the last server left or the first one came, nanoseconds.</summary>
    public long ChangedNanoseconds;

    public long DownNanoseconds;

    /// <summary>Times that no server was left.</summary>
    public uint Downs;
}
