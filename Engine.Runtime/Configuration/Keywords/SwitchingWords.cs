using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Logs;
using Engine.Systems.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>use_backend</c>, and finding the backends that frontends name (manual section 4.2).</summary>
internal static unsafe class SwitchingWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "use_backend",
            SectionKinds.Frontend | SectionKinds.Listen,
            "<backend> [{ if | unless } <condition>]",
            &Parse)
        {
            IsCheckedAnyway = true,
        });
        Words.ProxyChecks.Add(new("default backend", 200, &ResolveDefault));
        Words.ProxyChecks.Add(new("use_backend rules", 300, &ResolveRules));
    }

    private static void Parse(Directive line)
    {
        string name = line.Next();
        if (name.Length == 0)
        {
            line.Alert("'use_backend' expects a backend name.");
            return;
        }
        if (!line.AtEnd && line.Peek() is not ("if" or "unless"))
        {
            line.Alert($"unexpected keyword '{line.Peek()}' after switching rule, only 'if' and 'unless' are allowed.");
            return;
        }
        if (!ParseCondition.TryRun(line, out Condition? condition)) return;
        SwitchingRule rule = new() { Condition = condition, Backend = -1, File = line.File, Line = line.Line };
        SwitchingPart part = line.Proxy.Parts.Get<SwitchingPart>();
        part.Rules.Add(rule);
        part.Backends.Add(name);
    }

    private static void ResolveDefault(ConfigurationDraft draft, ProxyDraft proxy)
    {
        // A listen section without the word serves itself.
        if (proxy.Kind == SectionKinds.Listen) proxy.Target.DefaultBackend = proxy.Target.Number;
        if (proxy.DefaultBackendName is not { } name) return;
        if (!proxy.HasFrontend && name == proxy.Defaults?.DefaultBackendName) return; // no line of its own
        ProxyDraft? backend = Find(draft, proxy, name, "default_backend", "as its default backend");
        if (backend is null) return;
        proxy.Target.DefaultBackend = backend.Target.Number;
        backend.Target.IsReferred = true;
    }

    private static void ResolveRules(ConfigurationDraft draft, ProxyDraft proxy)
    {
        SwitchingPart? part = proxy.Parts.Find<SwitchingPart>();
        if (part is null) return;
        List<SwitchingRule> rules = [];
        for (int i = 0; i < part.Rules.Count; i++)
        {
            if (part.Backends[i].Contains('%'))
            {
                proxy.ReachesHttp = true;
                if (MakesName(draft, proxy, part.Rules[i], part.Backends[i])) rules.Add(part.Rules[i]);
                continue;
            }
            ProxyDraft? backend = Find(draft, proxy, part.Backends[i], "use_backend", "in a 'use_backend' rule");
            if (backend is null) continue;
            part.Rules[i].Backend = backend.Target.Number;
            backend.Target.IsReferred = true;
            rules.Add(part.Rules[i]);
        }
        proxy.Target.SwitchingRules = [.. rules];
    }

    /// <summary>Compiles a name that is made from each request. False after an alert.</summary>
    private static bool MakesName(ConfigurationDraft draft, ProxyDraft proxy, SwitchingRule rule, string text)
    {
        ParsePlace place = new(draft, proxy, rule.File, rule.Line, SamplePlaces.FrontendSwitching)
        {
            Ruleset = "use_backend expression",
        };
        rule.Name = CompileFormat.Run(place, text, forLogs: false, out string reason, isPlain: true);
        if (rule.Name is null)
        {
            draft.Diagnostics.AlertBare(
                $"Parsing [{rule.File}:{rule.Line}]: failed to parse use_backend rule '{text}' : {reason}.");
        }
        return rule.Name is not null;
    }

    /// <summary>The table that names made at run time are looked up in, once all proxies are there.</summary>
    public static void Compile(ConfigurationDraft draft) => RenewNames(draft.Target);

    /// <summary>The same anew, when a backend has come or gone.</summary>
    public static void RenewNames(CompiledConfiguration configuration) =>
        configuration.BackendNames = NamesOf(configuration.Proxies);

    private static NamedNumbers NamesOf(Proxy[] proxies)
    {
        Proxy[] backends = Array.FindAll(proxies, proxy => (proxy.Capabilities & ProxyCapabilities.Backend) != 0);
        return new NamedNumbers(
            Array.ConvertAll(backends, backend => backend.NameBytes), Array.ConvertAll(backends, backend => backend.Number));
    }

    private static ProxyDraft? Find(
        ConfigurationDraft draft, ProxyDraft proxy, string name, string word, string how)
    {
        ProxyDraft? backend = draft.FindBackend(name);
        if (backend is null)
        {
            draft.Diagnostics.Alert($"Proxy '{proxy.Name}': unable to find required {word}: '{name}'.");
            return null;
        }
        if (backend == proxy)
        {
            draft.Diagnostics.Alert($"Proxy '{proxy.Name}': loop detected for {word}: '{name}'.");
            return null;
        }
        // A TCP frontend may hand over to an HTTP backend, which upgrades the connection; not the other way round.
        if (backend.Target.Mode == ProxyMode.Http) proxy.ReachesHttp = true;
        if (proxy.Target.Mode == backend.Target.Mode || backend.Target.Mode == ProxyMode.Http) return backend;
        draft.Diagnostics.Alert(
            $"{ModeWord(proxy)} {proxy.KindWord} '{proxy.Name}' ({proxy.File}:{proxy.Line}) tries to use "
            + $"incompatible {ModeWord(backend)} {backend.KindWord} '{backend.Name}' "
            + $"({backend.File}:{backend.Line}) {how} (see 'mode').");
        return null;
    }

    private static string ModeWord(ProxyDraft proxy) => proxy.Target.Mode == ProxyMode.Http ? "http" : "tcp";
}
