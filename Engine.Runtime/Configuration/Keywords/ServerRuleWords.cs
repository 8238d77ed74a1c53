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

/// <summary>
/// Rules about the server of a request, <c>use-server</c>, <c>force-persist</c> and <c>ignore-persist</c>, and about
/// backends that are closed, <c>be-unpublished</c> and <c>force-be-switch</c> (manual section 4.2).
/// </summary>
internal static unsafe class ServerRuleWords
{
    private const SectionKinds Back = SectionKinds.Listen | SectionKinds.Backend;
    private const string ConditionUsage = "{ if | unless } <condition>";

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("use-server", Back, $"<server> {ConditionUsage}", &UseServer) { IsCheckedAnyway = true });
        words.Add(new("force-persist", Back, ConditionUsage, &Persistence));
        words.Add(new("ignore-persist", Back, ConditionUsage, &Persistence));
        words.Add(new("force-be-switch", SectionKinds.Proxies, ConditionUsage, &ForceSwitching));
        words.Add(new("be-unpublished", SectionKinds.Proxies, "", &Unpublish));
        Words.ProxyChecks.Add(new("use-server rules", 310, &Resolve));
    }

    private static void UseServer(Directive line)
    {
        string name = line.Next();
        if (name.Length == 0)
        {
            line.Alert("'use-server' expects a server name.");
            return;
        }
        const string complaint = "error detected while parsing switching rule : ";
        if (!TryCondition(line, SamplePlaces.ServerChoice, complaint, out Condition? condition)) return;
        line.Proxy.Parts.Get<ServerRulesPart>().Rules.Add((new ServerRule { Condition = condition! }, name, line.File, line.Line));
    }

    private static void Persistence(Directive line)
    {
        string word = line[0];
        string complaint = $"error detected while parsing a '{word}' rule : ";
        if (!TryCondition(line, SamplePlaces.BackendTcpContent, complaint, out Condition? condition)) return;
        Proxy proxy = line.Proxy.Target;
        proxy.PersistenceRules = [.. proxy.PersistenceRules, new PersistenceRule(condition!, word == "force-persist")];
    }

    private static void ForceSwitching(Directive line)
    {
        if (!IsAllowed(line, SectionKinds.Frontend, "frontend")) return;
        if (!TryCondition(line, SamplePlaces.FrontendSwitching, "'force-be-switch' : ", out Condition? condition)) return;
        Proxy proxy = line.Proxy.Target;
        proxy.ForcedSwitching = [.. proxy.ForcedSwitching, condition!];
    }

    private static void Unpublish(Directive line)
    {
        if (IsAllowed(line, SectionKinds.Backend, "backend")) line.Proxy.Target.Unpublished = true;
    }

    private static bool IsAllowed(Directive line, SectionKinds side, string name)
    {
        if (line.Section == SectionKinds.Defaults) line.Alert($"'{line[0]}' not allowed in 'defaults' section.");
        else if (line.Section != side && line.Section != SectionKinds.Listen)
            line.Alert($"'{line[0]}' only available in {name} or listen section.");
        else return true;
        return false;
    }

    private static bool TryCondition(Directive line, SamplePlaces places, string complaint, out Condition? condition)
    {
        condition = null;
        if (line.Peek() is "if" or "unless") return ParseCondition.TryRun(line, places, complaint, out condition);
        line.Alert($"'{line[0]}' requires either 'if' or 'unless' followed by a condition.");
        return false;
    }

    private static void Resolve(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<ServerRulesPart>() is not { } part) return;
        List<ServerRule> rules = [];
        foreach ((ServerRule rule, string name, string file, int number) in part.Rules)
        {
            if (name.Contains('%') ? MakesName(draft, proxy, rule, name, file, number) : Finds(draft, proxy, rule, name))
                rules.Add(rule);
        }
        proxy.Target.ServerRules = [.. rules];
        if (!rules.Exists(rule => rule.Name is not null)) return;
        Server[] servers = Array.ConvertAll(proxy.Servers.ToArray(), server => server.Target);
        proxy.Target.ServerNames = new NamedNumbers(
            Array.ConvertAll(servers, server => server.NameBytes), Array.ConvertAll(servers, server => server.Number));
    }

    private static bool Finds(ConfigurationDraft draft, ProxyDraft proxy, ServerRule rule, string name)
    {
        foreach (ServerDraft server in proxy.Servers)
        {
            if (server.Target.Name != name) continue;
            rule.Server = server.Target.Number;
            return true;
        }
        draft.Diagnostics.AlertBare(
            $"{proxy.KindWord} '{proxy.Name}' : unable to find server '{name}' referenced in a 'use-server' rule.");
        return false;
    }

    /// <summary>Compiles a name that is made from each request. False after an alert.</summary>
    private static bool MakesName(
        ConfigurationDraft draft, ProxyDraft proxy, ServerRule rule, string text, string file, int line)
    {
        ParsePlace place = new(draft, proxy, file, line, SamplePlaces.ServerChoice) { Ruleset = "use-server expression" };
        rule.Name = CompileFormat.Run(place, text, forLogs: false, out string reason, isPlain: true);
        if (rule.Name is not null) return true;
        draft.Diagnostics.AlertBare($"Parsing [{file}:{line}]; use-server rule failed to parse log-format '{text}' : {reason}.");
        return false;
    }
}
