using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Runtime.Configuration.Keywords;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Makes the backends that the Runtime API brings, each as a section without lines that names a defaults section
/// (<c>add backend</c>).
/// </summary>
internal static unsafe class AddedBackends
{
    /// <summary>The named defaults section; null: none of that name.</summary>
    public static ProxyDraft? Defaults(CompiledConfiguration configuration, string name) =>
        name.Length == 0 ? null : KeptDraft.Of(configuration).FindDefaults(name);

    /// <summary>A backend, not entered in the running configuration yet. Null, and what is wrong.</summary>
    /// <param name="configuration">The running one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="number">The number that it will have.</param>
    /// <param name="defaults">What its settings come from.</param>
    /// <param name="mode">Null: that of the defaults.</param>
    /// <param name="guid">Empty: none.</param>
    /// <param name="error">What is wrong, without the place.</param>
    public static Proxy? Make(
        CompiledConfiguration configuration, string name, int number, ProxyDraft defaults, ProxyMode? mode, string guid,
        out string error)
    {
        ConfigurationDraft read = KeptDraft.Of(configuration);
        error = "";
        if ((read.FindFrontend(name) ?? read.FindBackend(name)) is { } twin)
        {
            error = $"name is already used by other proxy '{twin.KindWord} {name}'";
            return null;
        }
        string? alert = null;
        Diagnostics diagnostics = new(said =>
        {
            if (said.Level == DiagnosticLevel.Alert) alert ??= said.Text;
        });
        ConfigurationDraft draft = new(read, diagnostics);
        RuleOrder.CheckInheritance(new Directive(draft) { Section = SectionKinds.Backend, SectionWord = "backend" }, defaults);
        ProxyDraft section = new(SectionKinds.Backend, name) { File = "cli", NamesItsDefaults = true };
        section.InheritFrom(defaults);
        Proxy backend = section.Target;
        backend.Number = number;
        backend.NameBytes = ByteView.Literal(name);
        backend.File = section.File;
        backend.Line = 0;
        backend.Id = FreeId(configuration);
        backend.Capabilities = ProxyCapabilities.Backend;
        backend.Mode = mode ?? backend.Mode;
        backend.Unpublished = true;
        if (alert is null && guid.Length > 0) alert = Name(draft, backend, guid);
        if (alert is null) Complete(draft, section);
        error = alert ?? "";
        if (alert is not null)
        {
            Guids.Of(draft).Take(backend);
            return null;
        }
        if (section.Parts.Find<LogPart>() is { } logs)
            backend.LogTargets = logs.Targets.FindAll(target => Array.IndexOf(configuration.LaterLogTargets, target) >= 0).ToArray();
        read.Put(section, number);
        return backend;
    }

    /// <summary>Forgets a backend that was deleted, so that its name may come back.</summary>
    public static void Forget(CompiledConfiguration configuration, Proxy backend)
    {
        ConfigurationDraft read = KeptDraft.Of(configuration);
        read.Forget(read.Proxies[backend.Number]);
        Guids.Of(read).Take(backend);
    }

    private static string? Name(ConfigurationDraft draft, Proxy backend, string guid)
    {
        if (Guids.Of(draft).Give(backend, $"backend {backend.Name}", guid) is { } fault) return $"GUID insertion : {fault}";
        backend.Guid = guid;
        return null;
    }

    /// <summary>Ids go up: one that was another's does not come back.</summary>
    private static int FreeId(CompiledConfiguration configuration)
    {
        int most = 1;
        foreach (Proxy proxy in configuration.Proxies) most = Math.Max(most, proxy.Id);
        return most + 1;
    }

    private static void Complete(ConfigurationDraft draft, ProxyDraft section)
    {
        ProxyCheck[] checks = [.. Words.ProxyChecks.Rows];
        Array.Sort(checks, static (left, right) => left.Late != right.Late ? (left.Late ? 1 : -1) : left.Order - right.Order);
        foreach (ProxyCheck check in checks)
            if (!draft.Diagnostics.HasAlerts) check.Run(draft, section);
    }
}
