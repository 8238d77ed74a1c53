using System.Collections.Generic;
using Engine.Data.Registries;

namespace Engine.Data.Configuration;

/// <summary>A proxy or defaults section while it is read. What needs no name resolved stands in the target at once.</summary>
public sealed class ProxyDraft(SectionKinds kind, string name)
{
    /// <summary>One of Defaults, Frontend, Listen, Backend.</summary>
    public readonly SectionKinds Kind = kind;

    /// <summary>Empty for an unnamed defaults section.</summary>
    public readonly string Name = name;

    /// <summary>The compiled proxy that the words fill.</summary>
    public Proxy Target = new() { Name = name };

    /// <summary>The defaults section it started from; null when there was none before it.</summary>
    public ProxyDraft? Defaults;

    /// <summary>A proxy or defaults section names it with <c>from</c>.</summary>
    public bool IsNamedByOthers;

    /// <summary>A proxy that names none took it because it was the last one.</summary>
    public bool IsTakenImplicitly;

    /// <summary>It has a <c>default-server</c> line, or its defaults have.</summary>
    public bool HasDefaultServer;

    /// <summary>It has a <c>mode</c> line, or its defaults have.</summary>
    public bool SaysMode;

    /// <summary>Options that its own lines set, not those of its defaults.</summary>
    public ProxyOptions OwnOptions;

    /// <summary>Options that were said to be on or off, by its own lines or those of its defaults.</summary>
    public ProxyOptions SaidOptions;

    /// <summary>Named by <c>from</c>, so rules of the defaults section apply.</summary>
    public bool NamesItsDefaults;

    public string File = "";

    public int Line;

    /// <summary>Its listening addresses, in order.</summary>
    public readonly List<Listener> Listeners = [];

    /// <summary>Its servers, in order.</summary>
    public readonly List<ServerDraft> Servers = [];

    /// <summary>The same by name, for those who look for one among many.</summary>
    public readonly Dictionary<string, ServerDraft> ServersByName = [];

    /// <summary>What <c>default-server</c> lines set so far.</summary>
    public ServerDraft DefaultServer = new(new Server()) { IsDefault = true };

    /// <summary>What <c>default-server name</c> lines set so far; nothing of them passes from defaults sections.</summary>
    public readonly Dictionary<string, ServerDraft> NamedServers = [];

    /// <summary><c>default_backend</c>; null when not given.</summary>
    public string? DefaultBackendName;

    /// <summary>
    /// The text of <c>log-format</c>, null when not given. <c>option httplog</c> and <c>tcplog</c> are bits of the
    /// target's options and count when this is null.
    /// </summary>
    public string? LogFormatText;

    public string LogFormatFile = "";

    public int LogFormatLine;

    /// <summary>What families of words keep in it, as the ACLs and rules of the section.</summary>
    public PartBag Parts { get; init; } = new();

    public bool HasFrontend => (Kind & (SectionKinds.Frontend | SectionKinds.Listen)) != 0;

    public bool HasBackend => (Kind & (SectionKinds.Backend | SectionKinds.Listen)) != 0;

    /// <summary>Some request of it may go to a backend in HTTP mode.</summary>
    public bool ReachesHttp;

    /// <summary>
    /// Whether requests are handled in it: in HTTP mode, or as a TCP frontend that hands over to an HTTP backend, which
    /// upgrades the connection, or may do so by a name that is made at run time.
    /// </summary>
    public bool MayBeHttp => Target.Mode == ProxyMode.Http || ReachesHttp;

    /// <summary>As messages call it: a <c>listen</c> section is a "proxy".</summary>
    public string KindWord =>
        Kind switch
        {
            SectionKinds.Frontend => "frontend",
            SectionKinds.Backend => "backend",
            SectionKinds.Defaults => "defaults",
            _ => "proxy",
        };

    /// <summary>Takes over the settings of a defaults section.</summary>
    public void InheritFrom(ProxyDraft defaults)
    {
        Defaults = defaults;
        Target = defaults.Target.Copy();
        Target.Name = Name;
        Target.Captures = NamesItsDefaults ? Target.Captures?.Copy() : null; // rules of the defaults name its slots
        SaidOptions = defaults.SaidOptions;
        SaysMode = defaults.SaysMode;
        HasDefaultServer = defaults.HasDefaultServer;
        DefaultServer = defaults.DefaultServer.Copy(isDefault: true);
        DefaultBackendName = defaults.DefaultBackendName;
        LogFormatText = defaults.LogFormatText;
        LogFormatFile = defaults.LogFormatFile;
        LogFormatLine = defaults.LogFormatLine;
        Parts.InheritFrom(defaults.Parts, this);
    }
}
