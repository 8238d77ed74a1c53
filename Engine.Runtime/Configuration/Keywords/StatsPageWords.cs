using System;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Systems.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>stats</c> lines of proxies: their statistics page (manual section 4.2).</summary>
internal static unsafe class StatsPageWords
{
    private static readonly System.Buffers.SearchValues<char> NodeCharacters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private const string Choices = "expects 'admin', 'uri', 'realm', 'auth', 'scope', 'enable', 'hide-version', "
        + "'show-node', 'show-desc' , 'show-legends' or 'show-version'.";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "stats",
            SectionKinds.Proxies,
            "{ enable | uri | realm | auth | refresh | scope | admin | hide-version | show-legends | show-node "
                + "| show-desc } ...",
            &Parse));
        Words.ProxyChecks.Add(new("statistics page", 840, &NeedsHttp));
    }

    private static void NeedsHttp(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Target.Stats is null || proxy.MayBeHttp) return;
        if (proxy.Target.Stats != proxy.Defaults?.Target.Stats)
        {
            draft.Diagnostics.Warn(
                $"'stats' statement ignored for {proxy.KindWord} '{proxy.Name}' as it requires HTTP mode.");
        }
        proxy.Target.Stats = null;
    }

    private static void Parse(Directive line)
    {
        string word = line.Next();
        string value = line.Peek();
        StatsPage page = line.Proxy.Target.Stats?.Copy() ?? new StatsPage();
        switch (word)
        {
            case "enable":
                break;
            case "hide-version":
                page.HidesVersion = true;
                break;
            case "show-legends":
                page.ShowsLegends = true;
                break;
            case "show-node" when value.AsSpan().ContainsAnyExcept(NodeCharacters):
                line.AlertTight("'stats show-node' invalid node name - should be a string"
                    + "with digits(0-9), letters(A-Z, a-z), hyphen(-) or underscode(_).");
                return;
            case "show-desc" when value.Length == 0 && line.Draft.Globals.Description is null:
                line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: 'show-desc' requires a parameter or 'desc' to be set "
                    + "in the global section.");
                return;
            case "show-node":
                page.Node = value.Length > 0 ? value : line.Draft.Globals.Node ?? Environment.MachineName;
                break;
            case "show-desc":
                page.Description = value.Length > 0 ? line.JoinFrom(2) : line.Draft.Globals.Description ?? "";
                break;
            case "uri" or "realm" or "scope" or "auth" when value.Length == 0:
                line.Alert(Missing(word));
                return;
            case "uri":
                page.Prefix = ByteView.Literal(value);
                break;
            case "realm":
                page.Realm = value;
                break;
            case "scope":
                page.Scopes = [.. page.Scopes, value == "." ? line.Proxy.Name : value];
                break;
            case "auth":
                string credentials = value.Contains(':') ? value : value + ":";
                page.Credentials =
                    [.. page.Credentials, Convert.ToBase64String(Encoding.Latin1.GetBytes(credentials))];
                break;
            case "refresh":
                if (!TakeSeconds(line, value, out page.RefreshSeconds)) return;
                break;
            case "admin":
                if (!TakeCondition(line, page)) return;
                break;
            case "http-request" or "show-modules":
                line.Alert($"'stats {word}' is not supported yet.");
                return;
            default:
                line.AlertTight(word.Length == 0
                    ? $"missing keyword in 'stats', {Choices}"
                    : $"unknown stats parameter '{word}', {Choices}");
                return;
        }
        line.Proxy.Target.Stats = page;
    }

    private static string Missing(string word) =>
        word switch
        {
            "uri" => "'uri' needs an URI prefix.",
            "realm" => "'realm' needs an realm name.",
            "auth" => "'auth' needs a user:password account.",
            _ => "'scope' needs a proxy name.",
        };

    private static bool TakeSeconds(Directive line, string text, out int seconds)
    {
        seconds = 0;
        if (text.Length == 0) return true;
        // A number without a unit is in seconds here.
        string withUnit = char.IsAsciiDigit(text[^1]) ? text + "s" : text;
        UnitFault fault = ConfigurationUnits.TryTimeMs(withUnit, out uint milliseconds, out char bad);
        if (fault == UnitFault.BadCharacter)
            line.AlertTight($"unexpected character '{bad}' in argument to stats refresh interval.");
        else if (fault != UnitFault.None)
        {
            line.AlertTight($"timer overflow in argument <{text}> to stats refresh interval, maximum value is 2147483647 s "
                + "(~68 years).");
        }
        seconds = (int)(milliseconds / 1000);
        return fault == UnitFault.None;
    }

    private static bool TakeCondition(Directive line, StatsPage page)
    {
        if (line.Proxy.Kind == SectionKinds.Defaults)
        {
            line.AlertTight("'stats admin' not allowed in 'defaults' section.");
            return false;
        }
        if (line.Peek() is not ("if" or "unless"))
        {
            line.Alert("'stats admin' requires either 'if' or 'unless' followed by a condition.");
            return false;
        }
        const string complaint = "error detected while parsing a 'stats admin' rule : ";
        if (!ParseCondition.TryRun(line, SamplePlaces.FrontendSwitching, complaint, out Condition? condition)) return false;
        page.AdminConditions = [.. page.AdminConditions, condition];
        return true;
    }
}
