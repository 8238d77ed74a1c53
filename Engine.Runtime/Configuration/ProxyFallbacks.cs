using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration;

/// <summary>
/// What a proxy gets where its section says nothing and another word or the mode decides (manual section 4.2).
/// </summary>
internal static unsafe class ProxyFallbacks
{
    [ModuleInitializer]
    internal static void Register() => Words.ProxyChecks.Add(new("fallbacks", 150, &Apply));

    private static void Apply(ConfigurationDraft draft, ProxyDraft proxy)
    {
        _ = draft;
        Proxy target = proxy.Target;
        ref ProxyTimeouts timeouts = ref target.Timeouts;
        timeouts.WholeHeadMs = timeouts.HttpRequestMs;
        if (timeouts.HttpRequestMs == 0) timeouts.HttpRequestMs = timeouts.ClientMs;
        if (timeouts.HttpKeepAliveMs == 0) timeouts.HttpKeepAliveMs = timeouts.HttpRequestMs;
        if (timeouts.ClientMs != 0) timeouts.HttpRequestMs = Math.Min(timeouts.HttpRequestMs, timeouts.ClientMs);
        if (timeouts.QueueMs == 0) timeouts.QueueMs = timeouts.ConnectMs;
        if (timeouts.TarpitMs == 0) timeouts.TarpitMs = timeouts.ConnectMs;
        // On by default for HTTP since 3.3, unless `no option abortonclose` was said here or in the defaults.
        bool unsaid = (proxy.SaidOptions & ProxyOptions.AbortOnClose) == 0;
        if (unsaid && target.Mode == ProxyMode.Http) target.Options |= ProxyOptions.AbortOnClose;
        unsaid = (proxy.SaidOptions & ProxyOptions.SmartAccept) == 0;
        if (unsaid && target.Mode == ProxyMode.Http) target.Options |= ProxyOptions.SmartAccept;
    }
}
