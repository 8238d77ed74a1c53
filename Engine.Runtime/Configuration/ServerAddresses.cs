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
                if (TryMethods(draft, server, host, wanted, out bool asked)) continue;
                string what = $"[{server.Target.File}:{server.Target.Line}] : {server.What}"
                    + (asked ? "could not resolve address" : "no method found to resolve address") + $" '{host}'";
                // Nothing to connect to: in maintenance from the start.
                server.Target.Unresolved = true;
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

    /// <summary>
    /// Tries the methods of <c>init-addr</c> in order. There is no state file yet, so <c>last</c> never knows one.
    /// </summary>
    private static bool TryMethods(
        ConfigurationDraft draft, ServerDraft server, string host, AddressFamily wanted, out bool asked)
    {
        asked = false;
        ref SocketAddress address = ref server.Target.Address;
        foreach (string method in (server.InitialAddress ?? "last,libc").Split(','))
        {
            if (method == "libc")
            {
                asked = true;
                if (draft.Lookup(host, wanted, ref address)) return true;
            }
            else if (method == "none")
            {
                // Nothing to connect to until somebody gives it an address.
                server.Target.Unresolved = true;
                return true;
            }
            else if (AddressText.TryParse(method, out SocketAddress given))
            {
                given.Port = address.Port;
                address = given;
                return true;
            }
        }
        return false;
    }
}
