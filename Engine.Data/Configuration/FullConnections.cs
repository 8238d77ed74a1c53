using System;
using Engine.Data.Rules;

namespace Engine.Data.Configuration;

/// <summary><c>fullconn</c> of a backend, or a tenth of what the frontends before it may take (manual section 4.2).</summary>
public static class FullConnections
{
    /// <param name="configuration">The configuration.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="processMax">Client connections of the process at most, which a frontend without a limit may take.</param>
    public static long Of(CompiledConfiguration configuration, Proxy backend, long processMax)
    {
        if (backend.FullConnections > 0) return backend.FullConnections;
        long sum = 0;
        foreach (Proxy proxy in configuration.Proxies)
        {
            if ((proxy.Capabilities & ProxyCapabilities.Frontend) == 0 || !Reaches(proxy, backend.Number)) continue;
            sum += proxy.MaxConnections > 0 ? proxy.MaxConnections : processMax;
        }
        return Math.Max(1, (sum + 9) / 10);
    }

    private static bool Reaches(Proxy frontend, int backend)
    {
        if (frontend.DefaultBackend == backend || frontend.Number == backend) return true;
        foreach (SwitchingRule rule in frontend.SwitchingRules)
            if (rule.Backend == backend) return true;
        return false;
    }
}
