namespace Engine.Data.Streams;

/// <summary>The pipes of a stream; each is meaningful while its <see cref="StreamFlags"/> say so.</summary>
public struct StreamSplices
{
    public SplicePath Request;
    public SplicePath Response;
}
