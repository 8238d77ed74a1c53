using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Systems.Logs;

/// <summary>Compiles the log format of each frontend: its own, the one its options ask for, or the default one.</summary>
internal static unsafe class LogFormatCheck
{
    /// <summary>Among the checks of a proxy: when its options are final.</summary>
    private const int Order = 600;

    private const ProxyOptions Given = ProxyOptions.HttpLog | ProxyOptions.HttpsLog | ProxyOptions.TcpLog;

    [ModuleInitializer]
    internal static void Register() => Words.ProxyChecks.Add(new("log format", Order, &Run));

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasFrontend) return;
        string text = proxy.LogFormatText ?? Standard(proxy.Target);
        proxy.Target.LogsConnects = proxy.LogFormatText is null && (proxy.Target.Options & Given) == 0;
        // The line is written as soon as there is something to tell, and no other.
        if ((proxy.Target.Options & ProxyOptions.LogAsap) != 0 || proxy.Target.LogsConnects) proxy.Target.LogSteps = 0;
        proxy.Target.LogFormat = CompileLogFormat.Run(draft, proxy, text, proxy.LogFormatFile, proxy.LogFormatLine);
    }

    private static string Standard(Proxy proxy)
    {
        bool clf = (proxy.Options & ProxyOptions.ClfLog) != 0;
        if ((proxy.Options & ProxyOptions.HttpsLog) != 0) return StandardLogFormats.Https;
        if ((proxy.Options & ProxyOptions.HttpLog) != 0)
            return clf ? StandardLogFormats.HttpClf : StandardLogFormats.Http;
        if ((proxy.Options & ProxyOptions.TcpLog) != 0)
            return clf ? StandardLogFormats.TcpClf : StandardLogFormats.Tcp;
        return proxy.Mode == ProxyMode.Http ? StandardLogFormats.ConnectHttp : StandardLogFormats.ConnectTcp;
    }
}
