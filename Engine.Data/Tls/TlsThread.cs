using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Data.Tls;

/// <summary>
/// What a thread needs for its encrypted connections. Made only when the configuration uses TLS.
/// </summary>
public sealed unsafe class TlsThread
{
    /// <summary>By connection row.</summary>
    public readonly Column<TlsState> States;

    /// <summary>By stream row: the name that its server is to be asked for.</summary>
    public readonly Column<TlsName> Names;

    /// <summary>By server: the newest session that can be resumed.</summary>
    public readonly Column<TlsSession> Sessions;

    /// <summary>Null unless clients' hellos are captured.</summary>
    public readonly TlsHellos? Hellos;

    /// <summary>By connection row. Null unless keys are logged.</summary>
    public readonly Column<TlsSecrets>? Secrets;

    public readonly TlsPort* Port;

    /// <summary>
    /// The library's I/O object of this thread (BIO): what it reads and writes stands in <see cref="Port"/>.
    /// </summary>
    public nint Bio;

    /// <summary>
    /// Buffers that the room of a call consists of, behind the tail of the records that wait.
    /// </summary>
    public readonly Buffers.BufferRef[] RoomBuffers = new Buffers.BufferRef[TlsPort.PiecesMax];

    public int RoomBufferCount;

    public TlsThread(uint connections, uint streams, uint servers, TlsSettings settings)
    {
        if (settings.HelloSize > 0) Hellos = new TlsHellos(connections, settings.HelloSize);
        if (settings.KeepsSecrets) Secrets = new Column<TlsSecrets>(connections);
        Names = new Column<TlsName>(streams);
        Sessions = new Column<TlsSession>(servers + 1);
        States = new Column<TlsState>(connections);
        Port = (TlsPort*)NativeRegion.Reserve((nuint)sizeof(TlsPort));
        nuint pieces = (nuint)(sizeof(IoVector) * TlsPort.PiecesMax);
        Port->Input = (IoVector*)NativeRegion.Reserve(pieces);
        Port->Room = (IoVector*)NativeRegion.Reserve(pieces);
    }
}
