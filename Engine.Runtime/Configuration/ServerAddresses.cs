using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Configuration;

/// <summary>Looks up the names that servers have instead of addresses.</summary>
internal static class ServerAddresses
{
    /// <summary>False when a server has no address and may not start without one.</summary>
    public static bool Resolve(ConfigurationDraft draft, Options options, MessageWriter? messages)
    {
        bool complete = true;
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            foreach (ServerDraft server in proxy.Servers)
            {
                if (server.HostName is not { } host || proxy.Target.Disabled) continue;
                AddressFamily wanted = options.Ipv4Only ? AddressFamily.Inet : server.Target.Address.Family;
                if (draft.Lookup(host, wanted, ref server.Target.Address)) continue;
                string what = $"[{server.Target.File}:{server.Target.Line}] : {server.What}"
                    + $"could not resolve address '{host}'";
                // Nothing to connect to: in maintenance from the start.
                server.Target.Disabled = true;
                if (options.IgnoresResolutionFailures) messages?.Notice($"{what}, disabling server.");
                else
                {
                    draft.Diagnostics.AlertBare($"{what}.");
                    complete = false;
                }
            }
        }
        if (!complete) draft.Diagnostics.AlertBare("Failed to initialize server(s) addr.");
        return complete;
    }
}
