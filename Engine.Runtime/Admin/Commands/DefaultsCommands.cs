using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Runtime.Configuration;

namespace Engine.Runtime.Admin.Commands;

/// <summary>What backends and servers that are added may start from (management guide section 9.3).</summary>
internal static class DefaultsCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("show defaults", AdminLevel.Admin, "", Show, "list all proxies defaults sections");
        ServerCommands.Add("show default-server", AdminLevel.Admin, "[<backend>]", ShowServers,
            "list default-server instances in all or a single backend");
    }

    private static void Show(AdminRequest request)
    {
        foreach (ProxyDraft defaults in KeptDraft.Of(request.Engine.Configuration).Defaults)
            if (defaults.Name.Length > 0) request.Answer(defaults.Name);
    }

    /// <summary>One without a name for each backend, a star in its place.</summary>
    private static void ShowServers(AdminRequest request)
    {
        Proxy? only = null;
        if (request.Argument(0).Length > 0)
        {
            only = ServerFinder.Backend(request.Engine.Configuration, request.Argument(0));
            if (only is null)
            {
                request.Refuse("Can't find backend.");
                return;
            }
        }
        foreach (ProxyDraft proxy in KeptDraft.Of(request.Engine.Configuration).Proxies)
        {
            if (!proxy.HasBackend || proxy.Target.IsRemoved || (only is not null && proxy.Target != only)) continue;
            if (proxy.HasDefaultServer) request.Answer($"* {proxy.Name}");
        }
    }
}
