using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Makes the contexts of encrypted bind lines once all files are read, and the table of names that leads to
/// them.
/// </summary>
internal static unsafe class BuildBinds
{
    [ModuleInitializer]
    internal static void Register() => Words.ProxyChecks.Add(new("TLS of bind lines", 900, &Run));

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (draft.Parts.Find<TlsDrafts>() is not { } drafts) return;
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            if (bind.Listeners.Count == 0 || !proxy.Listeners.Contains(bind.Listeners[0])) continue;
            Build(draft, drafts, proxy, bind);
        }
    }

    private static void Build(ConfigurationDraft draft, TlsDrafts drafts, ProxyDraft proxy, TlsBindDraft bind)
    {
        string place = $"bind '{bind.Text}' at [{bind.File}:{bind.FileLine}]";
        string prefix = $"Proxy '{proxy.Name}': ";
        TlsBind target = new() { StrictNames = bind.StrictNames ?? drafts.StrictNames };
        if (bind.Certificates.Count == 0)
        {
            if (bind.HasFaults) return;
            if (!target.StrictNames)
            {
                draft.Diagnostics.AlertBare($"{prefix}no SSL certificate specified for {place} (use 'crt').");
                return;
            }
            draft.Diagnostics.WarnBare(
                $"{prefix}no SSL certificate specified for {place}, ssl connections will fail (use 'crt').");
        }
        InheritDefaults(bind.Line, drafts.BindDefaults);
        if (proxy.Target.Mode == ProxyMode.Http) bind.DefaultProtocols = Alpn.DefaultOf(bind.Listeners[0].Protocol);
        List<string> warnings = [];
        string error = Fill(drafts, bind, target, warnings);
        foreach (string warning in warnings) draft.Diagnostics.WarnBare(prefix + warning.Replace("{0}", place));
        if (error.Length > 0)
        {
            draft.Diagnostics.AlertBare(prefix + error.Replace("{0}", place));
            return;
        }
        draft.Target.Tls!.RecordMax = drafts.RecordMax;
        foreach (Listener listener in bind.Listeners) listener.Tls = target;
    }

    /// <summary>What a line does not say, <c>ssl-default-bind-*</c> and the like say.</summary>
    public static void InheritDefaults(TlsLine line, TlsLine defaults)
    {
        line.Versions.Inherit(defaults.Versions);
        line.Protocols ??= defaults.Protocols;
        line.CaFile ??= defaults.CaFile;
        line.CaVerifyFile ??= defaults.CaVerifyFile;
        line.CrlFile ??= defaults.CrlFile;
        line.CaIgnored ??= defaults.CaIgnored;
        line.CrtIgnored ??= defaults.CrtIgnored;
        if (line.Verify < 0) line.Verify = defaults.Verify;
        line.Ciphers ??= defaults.Ciphers;
        line.Suites ??= defaults.Suites;
        line.Curves ??= defaults.Curves;
        line.Signatures ??= defaults.Signatures;
        line.ClientSignatures ??= defaults.ClientSignatures;
        line.Tickets ??= defaults.Tickets;
        line.PrefersClientCiphers |= defaults.PrefersClientCiphers;
    }

    private static string Fill(TlsDrafts drafts, TlsBindDraft bind, TlsBind target, List<string> warnings)
    {
        GCHandle owner = GCHandle.Alloc(target);
        Dictionary<(CertificateFile, TlsLine), TlsIdentity> made = [];
        NameTableBuilder names = new();
        TlsIdentity?[]? defaults = null;
        CertificateFile? first = null;
        TlsIdentity? initial = null;
        foreach (ListedCertificate listed in bind.Certificates)
        {
            TlsLine line = listed.Line ?? bind.Line;
            if (listed.Line is not null) InheritDefaults(listed.Line, bind.Line);
            if (!made.TryGetValue((listed.File, line), out TlsIdentity? context))
            {
                context = MakeBindIdentity.Run(drafts, bind, listed.File, line, owner, warnings, out string error);
                if (context is null) return error;
                made.Add((listed.File, line), context);
            }
            initial ??= context;
            names.Add(listed.Filters ?? [.. listed.File.Names], context);
            bool twin = first is not null && SameNames(first, listed.File);
            if (listed.IsDefault || first is null || twin)
            {
                first ??= listed.File;
                defaults ??= new TlsIdentity?[3];
                defaults[(int)context.Key] ??= context;
            }
        }
        if (initial is null)
        {
            initial = MakeBindIdentity.Run(drafts, bind, null, bind.Line, owner, warnings, out string error);
            if (initial is null) return error;
        }
        if (bind.TicketKeys is { } keys && TicketKeys.Set([initial, .. made.Values], keys) is { Length: > 0 } refused)
            return refused;
        target.First = initial;
        target.Set(target.StrictNames ? null : defaults, names.Build());
        return "";
    }

    private static bool SameNames(CertificateFile first, CertificateFile second)
    {
        if (first == second || first.Kind == second.Kind || first.Names.Count != second.Names.Count) return false;
        foreach (string name in first.Names)
            if (!second.Names.Contains(name)) return false;
        return true;
    }
}
