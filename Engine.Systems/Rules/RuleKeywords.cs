using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Tables;
using Engine.Systems.Rules.Actions;

namespace Engine.Systems.Rules;

/// <summary><c>http-request</c>, <c>http-response</c> and <c>redirect</c> lines, and the programs made of them.</summary>
internal static unsafe class RuleKeywords
{
    /// <summary>Among the checks of a proxy: behind names and servers, before log formats.</summary>
    private const int Order = 500;

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "<action> [options...] [ { if | unless } <condition> ]";
        Words.Keywords.Add(new("http-request", SectionKinds.Proxies, usage, &ParseRequest));
        Words.Keywords.Add(new("http-response", SectionKinds.Proxies, usage, &ParseResponse));
        Words.Keywords.Add(
            new(
                "redirect", SectionKinds.Frontend | SectionKinds.Listen | SectionKinds.Backend,
                "{ location | prefix | scheme } <to> [options...] [ { if | unless } <condition> ]", &ParseRedirect));
        Words.ProxyChecks.Add(new("rules", Order, &Compile));
    }

    private static void ParseRequest(Directive line) =>
        Parse(line, RuleSet.HttpRequest, line.Proxy.Parts.Get<RulesPart>().Request);

    private static void ParseResponse(Directive line) =>
        Parse(line, RuleSet.HttpResponse, line.Proxy.Parts.Get<RulesPart>().Response);

    private static void Parse(Directive line, RuleSet set, ValueList<RuleStep> into)
    {
        if (line.Section == SectionKinds.Defaults && line.Proxy.Name.Length == 0)
        {
            line.Alert($"'{set.Word}' not allowed in anonymous 'defaults' section.");
            return;
        }
        string word = line.Next();
        ActionWord? action = word.Length == 0 ? null : set.Actions.Find(word);
        if (action is null)
        {
            Unknown(line, set, word);
            return;
        }
        if (into.Count > 0 && into[^1].Condition is null && set.Actions.Find(into[^1].Word) is { IsFinal: true })
        {
            line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: previous '{set.Word}' action is final and has "
                + "no condition attached, further entries are NOOP.");
        }
        RuleStep step = new() { Word = word, File = line.File, Line = line.Line };
        if (!action.Parse(line, ref step)) return;
        if (!line.AtEnd && line.Peek() is not ("if" or "unless"))
        {
            line.Diagnostics.Alert($"parsing [{line.File}:{line.Line}]: '{set.Word} {word}' expects either 'if' or "
                + $"'unless' followed by a condition but found '{line.Peek()}'.");
            return;
        }
        string complaint = $"error detected while parsing an '{set.Word} {word}' condition : ";
        if (!ParseCondition.TryRun(line, set.PlacesIn(line.Section), complaint, out step.Condition)) return;
        into.Add(step);
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

    private static void Unknown(Directive line, RuleSet set, string word)
    {
        if (UnsupportedWords.Contains(set.Word, word))
        {
            line.Alert($"'{set.Word}' : action '{word}' is not supported yet.");
            return;
        }
        StringBuilder text = new();
        text.Append($"parsing [{line.File}:{line.Line}]: '{set.Word}' expects ");
        foreach (ActionWord action in set.Actions.Rows)
            text.Append('\'').Append(action.Word).Append(action.MatchesPrefix ? "(*)', " : "', ");
        text.Append($"but got '{word}'");
        if (word.Length == 0) text.Append(" (missing argument).");
        else if (Likeness.Nearest(word, set.Actions) is { } near) text.Append($". Did you mean '{near}' maybe ?");
        else text.Append('.');
        line.Diagnostics.Alert(text.ToString());
    }

    private static void Compile(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<RulesPart>() is not { } part) return;
        Proxy target = proxy.Target;
        if (target.Mode != ProxyMode.Http)
        {
            WarnIgnored(draft, proxy, "http-request", part.Request);
            WarnIgnored(draft, proxy, "http-response", part.Response);
            WarnIgnored(draft, proxy, "redirect", part.Redirects);
            return;
        }
        if (part.Request.Count + part.Redirects.Count > 0)
        {
            ValueList<RuleStep> all = new();
            all.AddRange(part.Request);
            all.AddRange(part.Redirects);
            target.HttpRequestRules = new RuleProgram { Steps = all.ToArray(), BeyondAllow = part.Request.Count };
        }
        if (part.Response.Count > 0)
        {
            RuleStep[] steps = part.Response.ToArray();
            target.HttpResponseRules = new RuleProgram { Steps = steps, BeyondAllow = steps.Length };
        }
    }

    private static void WarnIgnored(ConfigurationDraft draft, ProxyDraft proxy, string word, ValueList<RuleStep> rules)
    {
        if (rules.Count == 0) return;
        draft.Diagnostics.WarnBare(
            $"'{word}' rules ignored for {proxy.KindWord} '{proxy.Name}' as they require HTTP mode.");
    }
}
