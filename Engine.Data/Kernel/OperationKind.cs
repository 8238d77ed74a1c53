namespace Engine.Data.Kernel;

/// <summary>
/// What a system may ask of the kernel back end. The contract of each stands in docs/ARCHITECTURE.md.
/// </summary>
public enum OperationKind : byte
{
    None = 0,

    /// <summary>
    /// Accept connections on a listening descriptor, again and again until the listener is cancelled.
    /// </summary>
    Accept,

    /// <summary>
    /// Receive into a buffer that the back end takes from the slab when bytes are there: a small one, or with
    /// <see cref="OperationFlags.Large"/> a large one; <see cref="Operation.Length"/> bytes at most, where it is not 0. With <see cref="OperationFlags.Repeat"/> it stays armed and
    /// completes once for every buffer filled; not with both.
    /// </summary>
    Receive,

    /// <summary>
    /// End the armed receive of this connection. It completes with -ECANCELED if it was still armed.
    /// </summary>
    CancelReceive,

    /// <summary>Send <see cref="Operation.Length"/> bytes at <see cref="Operation.Data"/>.</summary>
    Send,

    /// <summary>
    /// Send the <see cref="Operation.Length"/> <see cref="IoVector"/>s at <see cref="Operation.Data"/>.
    /// </summary>
    SendVector,

    /// <summary>
    /// Move at most <see cref="Operation.Length"/> bytes from the socket into the empty pipe <see cref="Operation.Pipe"/>
    /// when bytes are there, without copying them. Counts as the one receive of the descriptor. A negated errno other
    /// than those of a receive means that there is no such pipe to be had.
    /// </summary>
    SpliceIn,

    /// <summary>
    /// Move <see cref="Operation.Length"/> bytes out of the pipe into the socket. Like a Send, with and without
    /// <see cref="OperationFlags.Wait"/>.
    /// </summary>
    SpliceOut,

    /// <summary>Throw away what the pipe holds.</summary>
    EmptyPipe,

    /// <summary>
    /// Create a socket and connect it to the <see cref="SocketAddress"/> at <see cref="Operation.Data"/>, of
    /// family Unix the <see cref="UnixSocketAddress"/>. With a <see cref="Operation.Length"/> of 2 a second
    /// address follows, the one to connect from. The new descriptor is stored through <see
    /// cref="Operation.Descriptor"/> while the operation is submitted.
    /// </summary>
    Connect,

    /// <summary>
    /// Store the local address of a connected descriptor as the <see cref="SocketAddress"/> at <see
    /// cref="Operation.Data"/>, while the operation is submitted. It has no completion.
    /// </summary>
    TellLocal,

    /// <summary>
    /// End an operation under way for this connection, whatever its kind; each completes with -ECANCELED.
    /// </summary>
    CancelAll,

    /// <summary>
    /// Set the <see cref="SocketSetting"/> in <see cref="Operation.Length"/> to <see cref="Operation.Value"/>, while the
    /// operation is submitted. It has no completion; a socket that cannot have it goes without.
    /// </summary>
    SetOption,

    /// <summary>Shut the sending half (FIN).</summary>
    ShutdownSend,

    /// <summary>
    /// Close the descriptor. Operations still armed on it must have been cancelled in the same batch.
    /// </summary>
    Close,

    /// <summary>
    /// Send the <see cref="Operation.Length"/> datagrams at <see cref="Operation.Data"/> without ever
    /// waiting.
    /// </summary>
    SendDatagrams,

    /// <summary>
    /// Write bytes to a descriptor that may be no socket (log to stdout) without ever waiting: what does not
    /// fit is dropped.
    /// </summary>
    Write,
}
