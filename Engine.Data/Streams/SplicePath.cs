namespace Engine.Data.Streams;

/// <summary>A body on its way through a kernel pipe, one a direction. 8 bytes.</summary>
public struct SplicePath
{
    /// <summary>Number of the pipe.</summary>
    public int Pipe;

    /// <summary>Bytes in it.</summary>
    public int Filled;
}
