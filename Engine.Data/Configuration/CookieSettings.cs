using Engine.Data.Messages;

namespace Engine.Data.Configuration;

/// <summary><c>cookie</c>: a backend whose clients say by a cookie which server is theirs (manual section 4.2).</summary>
public sealed class CookieSettings(string name)
{
    public readonly string Name = name;
    public readonly ByteView NameBytes = ByteView.Literal(name);
    public CookieModes Modes;

    /// <summary><c>maxidle</c>, seconds; 0: no limit.</summary>
    public uint IdleMaxSeconds;

    /// <summary><c>maxlife</c>, seconds; 0: no limit.</summary>
    public uint LifeMaxSeconds;

    /// <summary>What stands behind the value of a cookie that is added: path, domains, attributes.</summary>
    public ByteView Attributes;

    public bool Has(CookieModes mode) => (Modes & mode) != 0;
}
