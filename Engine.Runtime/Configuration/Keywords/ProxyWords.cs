using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Words of proxies that set one thing (manual section 4.2).</summary>
internal static unsafe class ProxyWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("backlog", SectionKinds.FrontendSide, "<number>", &Backlog));
        words.Add(new("default_backend", SectionKinds.FrontendSide, "<backend>", &DefaultBackend) { IsCheckedAnyway = true });
        words.Add(new("description", SectionKinds.Proxies, "<text>", &Description));
        words.Add(new("disabled", SectionKinds.Proxies, "", &Disabled));
        words.Add(new("enabled", SectionKinds.Proxies, "", &Enabled));
        words.Add(new("fullconn", SectionKinds.BackendSide, "<number>", &FullLoad)
        {
            SideHint = " Maybe you want 'maxconn' instead ?",
        });
        words.Add(new("http-reuse", SectionKinds.BackendSide, "{ never | safe | aggressive | always }", &Reuse));
        words.Add(new("id", SectionKinds.Proxies, "<number>", &Id));
        words.Add(new("maxconn", SectionKinds.FrontendSide, "<number>", &MaxConnections)
        {
            SideHint = " Maybe you want 'fullconn' instead ?",
        });
        words.Add(new("mode", SectionKinds.Proxies, "{ tcp | http }", &Mode));
        words.Add(new("retries", SectionKinds.BackendSide, "<number>", &Retries));
    }

    private static void Backlog(Directive line)
    {
        if (TakeNumber(line, out int number)) line.Proxy.Target.Backlog = Math.Max(0, number);
    }

    private static void DefaultBackend(Directive line)
    {
        if (line.Count < 2) line.Alert("'default_backend' expects a backend name.");
        else if (!line.RefusesMoreThan(1)) line.Proxy.DefaultBackendName = line[1];
    }

    private static void Description(Directive line)
    {
        if (IsRefusedInDefaults(line)) return;
        if (line.Count < 2) line.AlertTight("'description' expects a string argument.");
        else line.Proxy.Target.Description = line.JoinFrom(1);
    }

    private static void Disabled(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Proxy.Target.Disabled = true;
    }

    private static void Enabled(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Proxy.Target.Disabled = false;
    }

    private static void Reuse(Directive line)
    {
        HttpReuse? reuse = line[1] switch
        {
            "never" => HttpReuse.Never,
            "safe" => HttpReuse.Safe,
            "aggressive" => HttpReuse.Aggressive,
            "always" => HttpReuse.Always,
            _ => null,
        };
        if (reuse is null) line.Alert("'http-reuse' only supports 'never', 'safe', 'aggressive', 'always'.");
        else if (line.Count > 2) line.RefuseWord($"http-reuse {line[1]}", line[2]);
        else line.Proxy.Target.HttpReuse = reuse.Value;
    }

    // These two have their message in another shape than the rest.
    private static bool IsRefusedInDefaults(Directive line)
    {
        if (line.Section != SectionKinds.Defaults) return false;
        line.AlertTight($"'{line[0]}' not allowed in 'defaults' section.");
        return true;
    }

    private static void Id(Directive line)
    {
        if (IsRefusedInDefaults(line) || line.RefusesMoreThan(1)) return;
        int id = ConfigurationUnits.Integer(line[1]);
        if (line.Count < 2) line.AlertTight("'id' expects an integer argument.");
        else if (id <= 0) line.AlertTight("custom id has to be > 0.");
        else if (FindId(line.Draft, id, line.Proxy) is { } twin)
        {
            line.AlertTight($"{line.Proxy.KindWord} {line.Proxy.Name} reuses same custom id as "
                + $"{twin.KindWord} {twin.Name} (declared at {twin.File}:{twin.Line}).");
        }
        else line.Proxy.Target.Id = id;
    }

    private static ProxyDraft? FindId(ConfigurationDraft draft, int id, ProxyDraft except)
    {
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            if (proxy.Target.Id == id && proxy != except) return proxy;
        }
        return null;
    }

    private static void MaxConnections(Directive line)
    {
        if (TakeNumber(line, out int number)) line.Proxy.Target.MaxConnections = Math.Max(0, number);
    }

    private static void FullLoad(Directive line)
    {
        if (TakeNumber(line, out int number)) line.Proxy.Target.FullConnections = Math.Max(0, number);
    }

    private static void Mode(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        line.Proxy.SaysMode = true;
        switch (line[1])
        {
            case "http":
                line.Proxy.Target.Mode = ProxyMode.Http;
                break;
            case "tcp":
                line.Proxy.Target.Mode = ProxyMode.Tcp;
                break;
            case "health":
                line.Alert("'mode health' doesn't exist anymore. "
                    + "Please use 'http-request return status 200' instead.");
                break;
            case "log" or "spop" or "haterm":
                line.Alert($"'mode {line[1]}' is not supported yet.");
                break;
            default:
                line.Alert($"unknown proxy mode '{line[1]}'.");
                break;
        }
    }

    private static void Retries(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'retries' expects an integer argument (dispatch counts for one).");
        else line.Proxy.Target.Retries = Math.Clamp(ConfigurationUnits.Integer(line[1]), 0, 100);
    }

    private static bool TakeNumber(Directive line, out int number)
    {
        number = 0;
        if (line.RefusesMoreThan(1)) return false;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer argument.");
            return false;
        }
        number = ConfigurationUnits.Integer(line[1]);
        return true;
    }
}
