namespace Engine.Data.Streams;

/// <summary>A body on its way through a kernel pipe, one a direction. 12 bytes.</summary>
public struct SplicePath
{
    /// <summary>Number of the pipe.</summary>
    public int Pipe;

    /// <summary>Bytes in it.</summary>
    public int Filled;

    /// <summary>Splices in a row that moved too little to be worth it.</summary>
    public int Meagre;
}
