using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Tables;
using Engine.Systems.Rules.Actions;

namespace Engine.Systems.Rules;

/// <summary>
/// <c>http-request</c>, <c>http-response</c>, <c>http-after-response</c> and <c>redirect</c> lines, and the programs
/// made of the rules of every set.
/// </summary>
internal static unsafe class RuleKeywords
{
    /// <summary>Among the checks of a proxy: behind names and servers, before log formats.</summary>
    private const int Order = 500;

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "<action> [options...] [ { if | unless } <condition> ]";
        foreach (RuleSet set in RuleSet.All)
        {
            if (!set.IsTcp) Words.Keywords.Add(new(set.Word, SectionKinds.Proxies, usage, &Parse));
        }
        Words.Keywords.Add(
            new(
                "redirect", SectionKinds.Frontend | SectionKinds.Listen | SectionKinds.Backend,
                "{ location | prefix | scheme } <to> [options...] [ { if | unless } <condition> ]", &ParseRedirect));
        Words.ProxyChecks.Add(new("rules", Order, &Compile));
    }

    private static void Parse(Directive line)
    {
        RuleSet set = RuleSet.Of(line);
        if (line.Section == SectionKinds.Defaults && line.Proxy.Name.Length == 0)
        {
            line.Alert($"'{set.Word}' not allowed in anonymous 'defaults' section.");
            return;
        }
        ParseRule.Run(line, set);
    }

    private static void ParseRedirect(Directive line)
    {
        RuleStep step = new() { Word = "redirect", File = line.File, Line = line.Line };
        if (!Redirect.TryParse(line, isLine: true, ref step)) return;
        string complaint = $"error detected in {line.Proxy.KindWord} '{line.Proxy.Name}' while parsing redirect "
            + "rule : error in condition: ";
        if (!ParseCondition.TryRun(line, RuleSet.HttpRequest.PlacesIn(line.Section), complaint, out step.Condition))
            return;
        line.Proxy.Parts.Get<RulesPart>().Redirects.Add(step);
    }

    private static void Compile(ConfigurationDraft draft, ProxyDraft proxy)
    {
        _ = draft;
        if (proxy.Parts.Find<RulesPart>() is not { } part) return;
        Proxy target = proxy.Target;
        target.TcpConnectionRules = Program(part, RuleSet.TcpConnection);
        target.TcpSessionRules = Program(part, RuleSet.TcpSession);
        target.TcpRequestRules = Program(part, RuleSet.TcpRequest);
        target.TcpResponseRules = Program(part, RuleSet.TcpResponse);
        if (target.Mode != ProxyMode.Http) return;
        target.HttpRequestRules = Program(part, RuleSet.HttpRequest, part.Redirects);
        target.HttpResponseRules = Program(part, RuleSet.HttpResponse);
        target.HttpAfterResponseRules = Program(part, RuleSet.HttpAfterResponse);
    }

    /// <summary>The program of a set and of what <c>allow</c> does not skip; null when there is nothing in it.</summary>
    private static RuleProgram? Program(RulesPart part, RuleSet set, ValueList<RuleStep>? beyondAllow = null)
    {
        ValueList<RuleStep> all = new();
        all.AddRange(part.Of(set));
        int own = all.Count;
        if (beyondAllow is not null) all.AddRange(beyondAllow);
        return all.Count == 0 ? null : new RuleProgram { Steps = all.ToArray(), BeyondAllow = own };
    }
}
