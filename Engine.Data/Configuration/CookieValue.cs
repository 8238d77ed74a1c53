using Engine.Data.Messages;

namespace Engine.Data.Configuration;

/// <summary>The value of the cookie that names a server.</summary>
internal sealed class CookieValue(ByteView value)
{
    public static readonly CookieValue None = new(default);

    public readonly ByteView Value = value;
}
