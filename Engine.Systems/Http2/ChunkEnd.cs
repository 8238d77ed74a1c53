namespace Engine.Systems.Http2;

/// <summary>Where a chunked body stands behind the framing that was read.</summary>
internal enum ChunkEnd : byte
{
    /// <summary>Data follows, or framing that has not come yet.</summary>
    More = 0,

    /// <summary>The body is over, without trailers.</summary>
    Body,

    /// <summary>Trailers follow, or their first bytes have not come yet.</summary>
    Trailers,

    /// <summary>No chunk begins so.</summary>
    Bad,
}
