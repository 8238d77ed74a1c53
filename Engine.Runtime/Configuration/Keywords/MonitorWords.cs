using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Systems.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>monitor-uri</c> and <c>monitor fail</c>: telling others whether the service is up (manual section 4.2).</summary>
internal static unsafe class MonitorWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("monitor-uri", SectionKinds.FrontendSide, "<uri>", &Uri));
        Words.Keywords.Add(new(
            "monitor", SectionKinds.Frontend | SectionKinds.Listen, "fail { if | unless } <condition>", &Fail));
        Words.ProxyChecks.Add(new("monitor", 842, &Verify));
    }

    private static void Uri(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'monitor-uri' expects an URI.");
        else line.Proxy.Target.MonitorUri = ByteView.Literal(line[1]);
    }

    private static void Fail(Directive line)
    {
        if (line.Next() != "fail")
        {
            line.Alert("'monitor' only supports 'fail'.");
            return;
        }
        if (line.Peek() is not ("if" or "unless"))
        {
            line.Alert("'monitor fail' requires either 'if' or 'unless' followed by a condition.");
            return;
        }
        const string complaint = "error detected while parsing a 'monitor fail' condition : ";
        if (!ParseCondition.TryRun(line, SamplePlaces.FrontendRequestHeader, complaint, out Condition? condition)) return;
        Proxy target = line.Proxy.Target;
        if (condition is not null) target.MonitorFailures = [.. target.MonitorFailures, condition];
    }

    private static void Verify(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Target.MonitorUri.IsEmpty || proxy.MayBeHttp) return;
        // Every section of a file may inherit it; only a frontend would use it.
        if (!proxy.HasFrontend) return;
        draft.Diagnostics.Warn($"'monitor-uri' statement ignored for {proxy.KindWord} '{proxy.Name}' "
            + "as it requires HTTP mode.");
        proxy.Target.MonitorUri = default;
    }
}
