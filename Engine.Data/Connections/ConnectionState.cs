namespace Engine.Data.Connections;

public enum ConnectionState : byte
{
    Free = 0,
    Connecting,
    Open,

    /// <summary>Being given up: the row is freed when no operation is in flight any more.</summary>
    Closing,
}
