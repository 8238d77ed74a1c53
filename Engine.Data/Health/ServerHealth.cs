using System.Runtime.InteropServices;

namespace Engine.Data.Health;

/// <summary>
/// The operational state of a server, apart from what each request reads (<c>SharedServer</c>): written only by
/// <c>ChangeServer</c>, under <see cref="Lock"/>, when something changes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct ServerHealth
{
    /// <summary>A spin lock held for one change, the texts about it included.</summary>
    public int Lock;

    public ServerOperation State;
    public ServerAdmin Admin;

    /// <summary>What failing requests count as (<c>observe</c>): those in a row.</summary>
    public ushort ErrorsInRow;

    /// <summary>Sixteenths of its weight that it is given while it warms up (<c>slowstart</c>); 16 otherwise.</summary>
    public byte Sixteenths;

    /// <summary>Weight that the configuration, an agent or the Runtime API gave it: 0 to 256.</summary>
    public int UserWeight;

    public int InitialWeight;

    /// <summary>Monotonic clock at the last change of <see cref="State"/>, nanoseconds.</summary>
    public long ChangedNanoseconds;

    /// <summary>Time it was down before the present state, nanoseconds.</summary>
    public long DownNanoseconds;

    /// <summary>Times it went from up to down.</summary>
    public uint Downs;

    /// <summary>Failed checks while it was up, and errors that <c>observe</c> made it a failed check of.</summary>
    public uint ChecksFailed;

    public uint ErrorLimitHits;

    /// <summary>Limit that the Runtime API gave it; as the configuration's at first.</summary>
    public int MaxConnections;
}
