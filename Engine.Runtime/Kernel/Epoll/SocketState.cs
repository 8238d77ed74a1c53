using System.Runtime.InteropServices;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// What is armed on a descriptor and what is known about it: one cache line, indexed by descriptor.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct SocketState
{
    public SocketKnowledge Knows;

    /// <summary>Receive, SpliceIn, Accept or None.</summary>
    public OperationKind Receiving;

    public OperationFlags ReceiveFlags;

    /// <summary>
    /// Send, SpliceOut, Connect or None; what is left of a SendVector waits as a Send of its first piece.
    /// </summary>
    public OperationKind Sending;

    public OperationFlags SendFlags;

    /// <summary>Accept: connections that the last readiness was worth, the guess for the next.</summary>
    public byte AcceptBurst;

    /// <summary>SpliceIn: the pipe, and how many bytes at most.</summary>
    public int ReceivePipe;

    public uint ReceiveLength;
    public OperationOwner ReceiveOwner;
    public OperationOwner SendOwner;
    public void* SendData;
    public uint SendLength;
    public int SendPipe;

    public readonly bool Has(SocketKnowledge knowledge) => (Knows & knowledge) != 0;
}
