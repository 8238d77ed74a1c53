using System.Collections.Generic;
using Engine.Data.Registries;

namespace Engine.Data.Configuration;

/// <summary>A proxy or defaults section while it is read. What needs no name resolved stands in the target at once.</summary>
public sealed class ProxyDraft(SectionKinds kind, string name)
{
    /// <summary>One of Defaults, Frontend, Listen, Backend.</summary>
    public SectionKinds Kind { get; } = kind;

    /// <summary>Empty for an unnamed defaults section.</summary>
    public string Name { get; } = name;

    /// <summary>The compiled proxy that the words fill.</summary>
    public Proxy Target { get; set; } = new() { Name = name };

    /// <summary>The defaults section it started from; null when there was none before it.</summary>
    public ProxyDraft? Defaults { get; set; }

    /// <summary>A proxy or defaults section names it with <c>from</c>.</summary>
    public bool IsNamedByOthers { get; set; }

    /// <summary>A proxy that names none took it because it was the last one.</summary>
    public bool IsTakenImplicitly { get; set; }

    /// <summary>Options that its own lines set, not those of its defaults.</summary>
    public ProxyOptions OwnOptions { get; set; }

    /// <summary>Named by <c>from</c>, so rules of the defaults section apply.</summary>
    public bool NamesItsDefaults { get; set; }

    public string File { get; set; } = "";

    public int Line { get; set; }

    /// <summary>Its listening addresses, in order.</summary>
    public List<Listener> Listeners { get; } = [];

    /// <summary>Its servers, in order.</summary>
    public List<ServerDraft> Servers { get; } = [];

    /// <summary>What <c>default-server</c> lines set so far.</summary>
    public ServerDraft DefaultServer { get; set; } = new(new Server()) { IsDefault = true };

    /// <summary><c>default_backend</c>; null when not given.</summary>
    public string? DefaultBackendName { get; set; }

    /// <summary>
    /// The text of <c>log-format</c>, null when not given. <c>option httplog</c> and <c>tcplog</c> are bits of the
    /// target's options and count when this is null.
    /// </summary>
    public string? LogFormatText { get; set; }

    public string LogFormatFile { get; set; } = "";

    public int LogFormatLine { get; set; }

    /// <summary>What families of words keep in it, as the ACLs and rules of the section.</summary>
    public PartBag Parts { get; } = new();

    public bool HasFrontend => (Kind & (SectionKinds.Frontend | SectionKinds.Listen)) != 0;

    public bool HasBackend => (Kind & (SectionKinds.Backend | SectionKinds.Listen)) != 0;

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
        DefaultServer = defaults.DefaultServer.Copy(isDefault: true);
        DefaultBackendName = defaults.DefaultBackendName;
        LogFormatText = defaults.LogFormatText;
        LogFormatFile = defaults.LogFormatFile;
        LogFormatLine = defaults.LogFormatLine;
        Parts.InheritFrom(defaults.Parts, this);
    }
}
