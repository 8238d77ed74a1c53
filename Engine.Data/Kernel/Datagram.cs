namespace Engine.Data.Kernel;

/// <summary>One message of <see cref="OperationKind.SendDatagrams"/>, one log line.</summary>
public unsafe struct Datagram
{
    public void* Data;
    public uint Length;

    /// <summary>Set by the back end: 1 sent, 0 dropped because the target was full or gone.</summary>
    public int Sent;
}
