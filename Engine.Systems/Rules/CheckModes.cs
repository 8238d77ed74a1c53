using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Tables;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules;

/// <summary>
/// Warns of rules that the mode of their proxy makes pointless: those of HTTP in TCP mode, and conditions on the bytes
/// of a buffer in HTTP mode, where it holds a message instead.
/// </summary>
internal static unsafe class CheckModes
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.ProxyChecks.Add(new("samples of buffers", 670, &BufferSamples));
        Words.ProxyChecks.Add(new("rules of HTTP mode", 845, &HttpRules));
    }

    private static void HttpRules(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.MayBeHttp || proxy.Parts.Find<RulesPart>() is not { } part) return;
        foreach (RuleSet set in RuleSet.All)
            if (!set.IsTcp) WarnIgnored(draft, proxy, set.Word, part.Of(set));
        WarnIgnored(draft, proxy, "redirect", part.Redirects);
    }

    private static void WarnIgnored(ConfigurationDraft draft, ProxyDraft proxy, string word, ValueList<RuleStep> rules)
    {
        if (rules.Count == 0) return;
        draft.Diagnostics.WarnBare(
            $"'{word}' rules ignored for {proxy.KindWord} '{proxy.Name}' as they require HTTP mode.");
    }

    private static void BufferSamples(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Target.Mode != ProxyMode.Http) return;
        foreach (SwitchingRule rule in proxy.Target.SwitchingRules)
            Look(draft, proxy, rule.Condition, rule.File, rule.Line);
        if (proxy.Parts.Find<RulesPart>() is not { } part) return;
        foreach (RuleSet set in RuleSet.All)
        {
            foreach (RuleStep step in part.Of(set).ToArray())
                Look(draft, proxy, step.Condition, step.File, step.Line);
        }
    }

    private static void Look(ConfigurationDraft draft, ProxyDraft proxy, Condition? condition, string file, int line)
    {
        if (condition is null || !ReadsBuffers(condition)) return;
        draft.Diagnostics.Warn(
            $"Proxy '{proxy.Name}': L6 sample fetches ignored on HTTP proxies (declared at {file}:{line}).");
    }

    private static bool ReadsBuffers(Condition condition)
    {
        foreach (ConditionTerm[] group in condition.Groups)
        {
            foreach (ConditionTerm term in group)
            {
                foreach (AclExpression expression in term.Acl.Expressions)
                    if (SampleNeeds.IsBuffer(expression.Sample.Row!)) return true;
            }
        }
        return false;
    }
}
