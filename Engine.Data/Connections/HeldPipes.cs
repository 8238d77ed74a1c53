namespace Engine.Data.Connections;

/// <summary>
/// Pipes of streams that ended while the kernel still worked at them for this connection: nobody else may have them
/// before it has let go. Numbers plus one, 0 for none.
/// </summary>
public struct HeldPipes
{
    public int In;
    public int Out;
}
