using Engine.Data.Buffers;

namespace Engine.Data.Kernel;

/// <summary>What became of an operation. 32 bytes.</summary>
public unsafe struct Completion
{
    public OperationOwner Owner;

    /// <summary>Bytes moved, the accepted descriptor, 0, or a negated errno.</summary>
    public int Result;

    public CompletionFlags Flags;

    /// <summary>
    /// Receive: the buffer that holds the bytes, from offset 0, as its segment says. The system owns it now.
    /// </summary>
    public BufferRef Buffer;

    /// <summary>
    /// Accept: the peer's address and, if asked for, the local one; see <c>IKernel.Wait</c> for how long they
    /// live.
    /// </summary>
    public AcceptedAddresses* Addresses;
}
