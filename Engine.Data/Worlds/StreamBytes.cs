using Engine.Data.Tables;

namespace Engine.Data.Worlds;

/// <summary>So many bytes a stream row, for features that only some configurations use; none reserved when unused.</summary>
public sealed unsafe class StreamBytes(int size, uint rows)
{
    private readonly nuint stride = (nuint)size;
    private readonly byte* bytes = size == 0 ? null : (byte*)NativeRegion.Reserve((nuint)size * rows);

    /// <summary>The bytes of a row; null when there are none.</summary>
    public byte* Of(uint row) => bytes == null ? null : bytes + (stride * row);
}
