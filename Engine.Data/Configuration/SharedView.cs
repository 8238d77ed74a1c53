using Engine.Data.Messages;

namespace Engine.Data.Configuration;

/// <summary>Bytes behind one reference, so that a thread sees the old or the new ones while they change.</summary>
internal sealed class SharedView(ByteView value)
{
    public static readonly SharedView None = new(default);

    public readonly ByteView Value = value;
}
