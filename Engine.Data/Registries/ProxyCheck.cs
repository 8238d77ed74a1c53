using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>
/// Something to verify or compile in every proxy once all files are read and names can be resolved. Runs proxy by
/// proxy, in file order, by <see cref="Order"/> within one.
/// </summary>
public sealed unsafe class ProxyCheck(
    string word,
    int order,
    delegate*<ConfigurationDraft, ProxyDraft, void> run) : Row(word, "")
{
    public readonly int Order = order;

    /// <summary>Defaults sections are looked at too, behind the proxies: their rules are shared, not copied.</summary>
    public bool InDefaults;

    /// <summary>Looked at when all proxies have passed the other checks without an error.</summary>
    public bool Late;

    public readonly delegate*<ConfigurationDraft, ProxyDraft, void> Run = run;
}
