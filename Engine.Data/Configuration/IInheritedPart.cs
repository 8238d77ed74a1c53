namespace Engine.Data.Configuration;

/// <summary>
/// What a family of words keeps in a draft while the files are read. A part that implements this is handed on from a
/// defaults section to the proxies made from it.
/// </summary>
public interface IInheritedPart
{
    /// <summary>The part of a proxy that starts from these defaults.</summary>
    object InheritBy(ProxyDraft proxy);
}
