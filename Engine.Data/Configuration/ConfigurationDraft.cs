using System.Collections.Generic;

namespace Engine.Data.Configuration;

/// <summary>The configuration while files are read: names not yet resolved, nothing compiled.</summary>
public sealed class ConfigurationDraft(Diagnostics diagnostics, NameLookup lookup)
{
    private readonly Dictionary<string, ProxyDraft> frontends = [];
    private readonly Dictionary<string, ProxyDraft> backends = [];

    /// <summary>A draft in which a line is read later, as if it had stood in the files of another.</summary>
    public ConfigurationDraft(ConfigurationDraft read, Diagnostics diagnostics)
        : this(diagnostics, read.Lookup)
    {
        frontends = read.frontends;
        backends = read.backends;
        Target = read.Target;
        WallMicroseconds = read.WallMicroseconds;
        HasGlobal = read.HasGlobal;
        Proxies = read.Proxies;
        Defaults = read.Defaults;
    }

    public readonly Diagnostics Diagnostics = diagnostics;

    /// <summary>How host names become addresses.</summary>
    public readonly NameLookup Lookup = lookup;

    public readonly CompiledConfiguration Target = new();

    public Globals Globals => Target.Globals;

    /// <summary>Wall clock when the files are read, microseconds since 1970.</summary>
    public long WallMicroseconds;

    /// <summary>A <c>global</c> section was there.</summary>
    public bool HasGlobal;

    /// <summary><c>-L</c> named the local peer: the file may not.</summary>
    public bool LocalPeerIsGiven;

    /// <summary>A section other than global was opened: some words of global come too late then.</summary>
    public bool HasOtherSection;

    /// <summary>Frontends, backends and listen sections in file order.</summary>
    public readonly List<ProxyDraft> Proxies = [];

    /// <summary>Named and unnamed defaults sections in file order.</summary>
    public readonly List<ProxyDraft> Defaults = [];

    /// <summary>What else families of words keep.</summary>
    public PartBag Parts => Target.Parts;

    /// <summary>The frontend or listen section of a name; null when there is none.</summary>
    public ProxyDraft? FindFrontend(string name) => frontends.GetValueOrDefault(name);

    /// <summary>The backend or listen section of a name; null when there is none.</summary>
    public ProxyDraft? FindBackend(string name) => backends.GetValueOrDefault(name);

    /// <summary>The newest defaults section of a name.</summary>
    public ProxyDraft? FindDefaults(string name)
    {
        for (int i = Defaults.Count - 1; i >= 0; i--)
        {
            if (Defaults[i].Name == name) return Defaults[i];
        }
        return null;
    }

    /// <summary>Enters a proxy under its name; the first of a name keeps it.</summary>
    public void Add(ProxyDraft proxy)
    {
        proxy.Target.Number = Proxies.Count;
        Proxies.Add(proxy);
        Enter(proxy);
    }

    /// <summary>Enters a backend in place of one that is gone, while the process runs.</summary>
    public void Put(ProxyDraft proxy, int number)
    {
        proxy.Target.Number = number;
        if (number < Proxies.Count) Proxies[number] = proxy;
        else Proxies.Add(proxy);
        Enter(proxy);
    }

    /// <summary>Its name is free for another.</summary>
    public void Forget(ProxyDraft backend)
    {
        if (backends.GetValueOrDefault(backend.Name) == backend) backends.Remove(backend.Name);
    }

    private void Enter(ProxyDraft proxy)
    {
        if ((proxy.Target.Capabilities & ProxyCapabilities.Frontend) != 0) frontends.TryAdd(proxy.Name, proxy);
        if ((proxy.Target.Capabilities & ProxyCapabilities.Backend) != 0) backends.TryAdd(proxy.Name, proxy);
    }
}
