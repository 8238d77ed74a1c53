using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration;

/// <summary>What is looked at in every proxy when all files are read: most of it gives warnings.</summary>
internal static unsafe class ProxyChecks
{
    private const ProxyOptions LogFormats = ProxyOptions.HttpLog | ProxyOptions.HttpsLog
        | ProxyOptions.TcpLog | ProxyOptions.ClfLog;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.ProxyChecks.Add(new("log options", 650, &LogOptions));
        Words.ProxyChecks.Add(new("bind lines", 660, &Listeners));
        Words.ProxyChecks.Add(new("servers with tfo", 655, &FastOpen));
        Words.ProxyChecks.Add(new("timeouts", 700, &Timeouts));
        Words.ProxyChecks.Add(new("log targets", 800, &LogTargets));
        Words.ProxyChecks.Add(new("options of HTTP mode", 850, &HttpOptions));
        Words.ProxyChecks.Add(new("headers of HTTP mode", 0, &HttpHeaders) { Late = true });
        Words.ProxyChecks.Add(new("redirects of servers", 10, &ServerRedirects) { Late = true });
    }

    private static void Listeners(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasFrontend || proxy.Listeners.Count > 0) return;
        draft.Diagnostics.Warn($"{proxy.KindWord} '{proxy.Name}' has no 'bind' directive. "
            + "Please declare it as a backend if this was intended.");
    }

    private static void LogOptions(ConfigurationDraft draft, ProxyDraft proxy)
    {
        Proxy target = proxy.Target;
        const ProxyOptions either = ProxyOptions.HttpLog | ProxyOptions.HttpsLog;
        if (proxy.LogFormatText is not null || target.Mode != ProxyMode.Tcp) return;
        // A backend logs nothing: it is told when it says so itself.
        if ((target.Options & either & (proxy.HasFrontend ? either : proxy.OwnOptions)) == 0) return;
        string word = (target.Options & ProxyOptions.HttpsLog) != 0 ? "httpslog" : "httplog";
        string clf = (target.Options & ProxyOptions.ClfLog) != 0 ? " clf" : "";
        draft.Diagnostics.Warn($"parsing [{proxy.LogFormatFile}:{proxy.LogFormatLine}] : 'option {word}{clf}' not usable "
            + $"with {proxy.KindWord} '{proxy.Name}' (needs 'mode http'). Falling back to 'option tcplog{clf}'.");
        target.Options = (target.Options & ~either) | ProxyOptions.TcpLog;
    }

    /// <summary>A request that went with the first packet is lost when the server refuses it; nothing here sends it again.</summary>
    private static void FastOpen(ConfigurationDraft draft, ProxyDraft proxy)
    {
        foreach (ServerDraft server in proxy.Servers)
        {
            if (!server.Target.FastOpen) continue;
            draft.Diagnostics.Warn($"[{server.Target.File}:{server.Target.Line}] : {server.What}server has tfo activated, the "
                + "backend should be configured with at least 'conn-failure', 'empty-response' and 'response-timeout' or we "
                + "wouldn't be able to retry the connection on failure.");
        }
    }

    private static void Timeouts(ConfigurationDraft draft, ProxyDraft proxy)
    {
        ref ProxyTimeouts timeouts = ref proxy.Target.Timeouts;
        bool isHttp = proxy.Target.Mode == ProxyMode.Http;
        bool hasServerTimeout = timeouts.ServerMs > 0 || !isHttp && timeouts.TunnelMs > 0;
        bool missesFront = proxy.HasFrontend && timeouts.ClientMs == 0;
        bool missesBack = proxy.HasBackend && proxy.Servers.Count > 0
            && (timeouts.ConnectMs == 0 || !hasServerTimeout);
        if (!missesFront && !missesBack) return;
        draft.Diagnostics.Warn($"missing timeouts for {proxy.KindWord} '{proxy.Name}'.\n"
            + "   | While not properly invalid, you will certainly encounter various problems\n"
            + "   | with such a configuration. To fix this, please ensure that all following\n"
            + "   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.");
    }

    private static void LogTargets(ConfigurationDraft draft, ProxyDraft proxy)
    {
        bool hasFormat = proxy.LogFormatText is not null || proxy.Target.StructuredData is not null
            || (proxy.Target.Options & LogFormats) != 0;
        if (!proxy.HasFrontend || !hasFormat || Keywords.LogTargets.HasAny(proxy)) return;
        draft.Diagnostics.Warn(
            $"log format ignored for {proxy.KindWord} '{proxy.Name}' since it has no log address.");
    }

    private static void HttpOptions(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.MayBeHttp) return;
        const ProxyOptions silent = LogFormats | ProxyOptions.HttpClose | ProxyOptions.HttpServerClose
            | ProxyOptions.HttpKeepAlive | ProxyOptions.ForwardFor | ProxyOptions.OriginalTo;
        foreach (OptionWord row in Words.Options.Rows)
        {
            if (!row.HttpOnly || row.ReplacedBy.Length > 0 || (row.Bit & silent) != 0) continue;
            if ((proxy.Target.Options & row.Bit) == 0 || (row.Sections & proxy.Kind) == 0) continue;
            WarnOption(draft, proxy, row.Word);
        }
    }

    private static void ServerRedirects(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Target.Mode == ProxyMode.Http) return;
        foreach (ServerDraft server in proxy.Servers)
        {
            if (server.Target.RedirectPrefix.IsEmpty) continue;
            draft.Diagnostics.Alert($"{proxy.KindWord} '{proxy.Name}' : server cannot have cookie or redirect prefix in "
                + "non-HTTP mode.");
            return;
        }
    }

    private static void HttpHeaders(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.MayBeHttp) return;
        if (proxy.HasBackend && proxy.Target.Forwarded is not null) WarnOption(draft, proxy, "forwarded");
        if ((proxy.Target.Options & ProxyOptions.ForwardFor) != 0) WarnOption(draft, proxy, "forwardfor");
        if ((proxy.Target.Options & ProxyOptions.OriginalTo) != 0) WarnOption(draft, proxy, "originalto");
    }

    private static void WarnOption(ConfigurationDraft draft, ProxyDraft proxy, string word) =>
        draft.Diagnostics.Warn(
            $"'option {word}' ignored for {proxy.KindWord} '{proxy.Name}' as it requires HTTP mode.");
}
