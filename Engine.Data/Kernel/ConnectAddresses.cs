namespace Engine.Data.Kernel;

/// <summary>Where a connection goes and where it comes from, in the order that <see cref="OperationKind.Connect"/> reads.</summary>
public unsafe struct ConnectAddresses
{
    /// <summary>What <see cref="Operation.Length"/> of a connect is when all of this is to be read.</summary>
    public const uint All = 3;

    public SocketAddress Target;

    /// <summary>Family Unspecified: the kernel chooses.</summary>
    public SocketAddress Source;

    /// <summary>What the server's sockets are opened with; null: as every one.</summary>
    public OutgoingSocket* Socket;

    /// <summary>What this connection has beside that: <see cref="OutgoingFlags.Mark"/>, <see cref="OutgoingFlags.TypeOfService"/>.</summary>
    public OutgoingFlags Flags;

    public uint Mark;

    public byte TypeOfService;
}
