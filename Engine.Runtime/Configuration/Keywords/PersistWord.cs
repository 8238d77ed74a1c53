using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>persist rdp-cookie</c>: clients of remote desktops name their server (manual section 4.2).</summary>
internal static unsafe class PersistWord
{
    private const string Method = "rdp-cookie";

    /// <summary>The cookie of load balancers, where the line names none.</summary>
    private const string Usual = "msts";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("persist", SectionKinds.Proxies, "rdp-cookie[(<name>)]", &Parse));
        Words.ProxyChecks.Add(new("persist", 646, &Compile));
    }

    private static void Parse(Directive line)
    {
        string word = line[1];
        if (word.Length == 0) line.Alert("missing persist method.");
        else if (!word.StartsWith(Method, System.StringComparison.Ordinal)) line.Alert("unknown persist method.");
        else if (word.Length == Method.Length) line.Proxy.Target.PersistCookie = Usual;
        else if (word[Method.Length] == '(' && line[2].Length > 0)
            line.Alert($"'persist' cannot handle unexpected argument '{line[2]}'.");
        else if (word[Method.Length] == '(' && word.IndexOf(')') is int close && close > Method.Length + 1)
            line.Proxy.Target.PersistCookie = word[(Method.Length + 1)..close];
        else line.Alert("persist rdp-cookie(name)' requires an rdp cookie name.");
    }

    private static void Compile(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasBackend || proxy.Target.PersistCookie is not { } name) return;
        ParsePlace place = new(draft, proxy, proxy.File, proxy.Line, SamplePlaces.BackendRequestHeader);
        string text = $"rdp_cookie(\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\")";
        proxy.Target.PersistToken = ParseExpression.Run(place, text, out string error);
        if (proxy.Target.PersistToken is null) draft.Diagnostics.AlertBare($"{proxy.KindWord} '{proxy.Name}': {error}.");
    }
}
