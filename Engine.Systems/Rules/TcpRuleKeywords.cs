using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary><c>tcp-request</c> and <c>tcp-response</c> lines (manual section 4.2).</summary>
internal static unsafe class TcpRuleKeywords
{
    [ModuleInitializer]
    internal static void Register()
    {
        const string rule = "<action> [ { if | unless } <condition> ]";
        Words.Keywords.Add(new(
            "tcp-request", SectionKinds.Proxies,
            $"{{ inspect-delay <time> | {{ connection | session | content }} {rule} }}", &ParseRequest));
        Words.Keywords.Add(new(
            "tcp-response", SectionKinds.Proxies,
            $"{{ inspect-delay <time> | content {rule} }}", &ParseResponse));
    }

    private static string Place(Directive line) =>
        line.Section == SectionKinds.Defaults ? "defaults section" : ParseRule.Section(line);

    private static void ParseRequest(Directive line)
    {
        string what = line.Next();
        if (what.Length == 0) line.Alert($"missing argument for 'tcp-request' in {Place(line)}");
        else if (what is not ("inspect-delay" or "connection" or "session" or "content"))
        {
            line.Alert("'tcp-request' expects 'inspect-delay', 'connection', or 'content' in "
                + $"{Place(line)} (got '{what}')");
        }
        else if (line.Section == SectionKinds.Defaults && line.Proxy.Name.Length == 0)
            line.Alert($"tcp-request {what} is not allowed in anonymous 'defaults' sections");
        else if (what is "connection" or "session" && line.Section == SectionKinds.Backend)
            line.Alert($"tcp-request {what} is not allowed because backend {line.Proxy.Name} is not a frontend");
        else if (what == "inspect-delay") Delay(line, ref line.Proxy.Target.RequestInspectMs);
        else
        {
            ParseRule.Run(line, RuleSet.Of(line));
        }
    }

    private static void ParseResponse(Directive line)
    {
        string what = line.Next();
        if (what.Length == 0) line.Alert($"missing argument for 'tcp-response' in {ParseRule.Section(line)}");
        else if (what is not ("inspect-delay" or "content"))
        {
            line.Alert($"'tcp-response' expects 'inspect-delay' or 'content' in {ParseRule.Section(line)} "
                + $"(got '{what}')");
        }
        else if (!line.Proxy.HasBackend && (line.Section != SectionKinds.Defaults || line.Proxy.Name.Length == 0))
        {
            line.Alert($"tcp-response {what} is only allowed in 'backend' sections or 'defaults' section with a name");
        }
        else if (what == "inspect-delay") Delay(line, ref line.Proxy.Target.ResponseInspectMs);
        else ParseRule.Run(line, RuleSet.TcpResponse);
    }

    private static void Delay(Directive line, ref uint milliseconds)
    {
        string text = line.Next();
        char bad = '\0';
        uint value = 0;
        UnitFault fault = text.Length == 0
            ? UnitFault.BadCharacter
            : ConfigurationUnits.TryTimeMs(text, out value, out bad);
        if (fault != UnitFault.None)
        {
            string why = fault == UnitFault.Overflow
                ? $" (timer overflow in '{text}', maximum value is 2147483647 ms or ~24.8 days)"
                : text.Length == 0 ? ""
                : $" (unexpected character '{bad}')";
            line.Alert($"'{line[0]} inspect-delay' expects a positive delay in milliseconds, in "
                + $"{ParseRule.Section(line)}{why}");
            return;
        }
        if (milliseconds != 0)
        {
            line.Warn($"ignoring {line[0]} inspect-delay (was already defined) in {ParseRule.Section(line)}");
            return;
        }
        milliseconds = value;
    }
}
