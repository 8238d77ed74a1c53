using System;
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
        if (proxy.Parts.Find<FrontendCertificates>() is { } shared)
        {
            bind.HasFaults |= shared.HasFaults;
            string list = $"@{proxy.Name}";
            if (drafts.Lists.ContainsKey(list)) bind.Lists.Add(list); // else its defaults section says it all
            // Each line has a policy of its own to inherit from.
            foreach (ListedCertificate listed in shared.Listed)
                bind.Certificates.Add(listed with { Line = listed.Line?.Copy() });
        }
        if (bind.Certificates.Count == 0)
        {
            if (bind.HasFaults) return;
            if (!target.StrictNames || bind.Forges)
            {
                draft.Diagnostics.AlertBare($"{prefix}no SSL certificate specified for {place} (use 'crt').");
                return;
            }
            draft.Diagnostics.WarnBare(
                $"{prefix}no SSL certificate specified for {place}, ssl connections will fail (use 'crt').");
        }
        InheritDefaults(bind.Line, bind.Defaults ?? drafts.BindDefaults);
        if (proxy.Target.Mode == ProxyMode.Http) bind.DefaultProtocols = Alpn.DefaultOf(bind.Listeners[0].Protocol);
        List<string> warnings = [];
        bind.Target = target;
        bind.Frontend = proxy.Name;
        bind.EarlyMax = int.Min(draft.Globals.BufferSize - draft.Globals.MaxRewrite, LibraryConstants.EarlyLimit);
        bind.Owner = GCHandle.Alloc(target);
        ContextPlan plan = new(drafts, bind, warnings);
        string error = plan.Make(bind.Certificates, static _ => false);
        string unsigned = error.Length == 0 && bind.Forges ? LoadSigner.Run(drafts, bind) : "";
        if (error.Length == 0) plan.Apply();
        foreach (ListedCertificate listed in bind.Certificates)
        {
            if (error.Length > 0 || !drafts.StaplesTold.Add(listed.File)) continue;
            if (StapleResponses.UpdateFault(drafts, listed.File) is { Length: > 0 } fault)
                draft.Diagnostics.WarnBare($"config : parsing [{bind.File}:{bind.FileLine}] : {bind.What} :  {fault}");
            string ignored = StapleResponses.Fault(drafts, listed.File);
            if (ignored.Length > 0) draft.Diagnostics.WarnBare($"config : Loading: {ignored.TrimEnd('.')}. Content will be ignored.");
        }
        foreach (string warning in warnings) draft.Diagnostics.WarnBare(prefix + warning.Replace("{0}", place));
        if (error.Length > 0)
        {
            draft.Diagnostics.AlertBare(prefix + error.Replace("{0}", place).Replace("\n", $"\n{prefix}"));
            return;
        }
        if (unsigned.Length > 0) draft.Diagnostics.AlertBare(prefix + unsigned);
        SharedSettings.Fill(draft.Target.Tls!, drafts);
        foreach (Listener listener in bind.Listeners) listener.Tls = target;
    }

    /// <summary>What a line does not say, <c>ssl-default-bind-*</c> and the like say.</summary>
    public static void InheritDefaults(TlsLine line, TlsLine defaults)
    {
        line.Versions.Inherit(defaults.Versions);
        line.Protocols ??= defaults.Protocols;
        line.NextProtocols ??= defaults.NextProtocols;
        line.CaFile ??= defaults.CaFile;
        line.CaVerifyFile ??= defaults.CaVerifyFile;
        line.CrlFile ??= defaults.CrlFile;
        line.CaIgnored ??= defaults.CaIgnored;
        line.CrtIgnored ??= defaults.CrtIgnored;
        if (line.Verify < 0) line.Verify = defaults.Verify;
        line.Ciphers ??= defaults.Ciphers;
        line.Suites ??= defaults.Suites;
        // curves counts before ecdhe, wherever each of them is said.
        if (line.Curves is null || (line.IsNamedCurve && defaults is { Curves: not null, IsNamedCurve: false }))
        {
            line.Curves = defaults.Curves;
            line.IsNamedCurve = defaults.IsNamedCurve;
        }
        line.Signatures ??= defaults.Signatures;
        line.ClientSignatures ??= defaults.ClientSignatures;
        line.Tickets ??= defaults.Tickets;
        line.Early |= defaults.Early;
        line.PrefersClientCiphers |= defaults.PrefersClientCiphers;
    }
}
