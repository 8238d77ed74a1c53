using System;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Finds what commands name, and says in the reference's words what is not there.</summary>
internal static class ServerFinder
{
    /// <summary>The server <c>backend/server</c>; an id may stand for a name behind a <c>#</c>. Null after an answer.</summary>
    public static Server? Find(AdminRequest request, string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            request.Refuse("Require 'backend/server'.");
            return null;
        }
        CompiledConfiguration configuration = request.Engine.Configuration;
        Proxy? backend = Backend(configuration, name[..slash]);
        if (backend is null)
        {
            request.Refuse("No such backend.");
            return null;
        }
        Server? server = Server(configuration, backend, name[(slash + 1)..]);
        if (server is null) request.Refuse("No such server.");
        return server;
    }

    /// <summary>Whether there is such a server <c>backend/server</c>.</summary>
    public static bool IsThere(CompiledConfiguration configuration, string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Backend(configuration, name[..slash]) is not { } backend) return false;
        return Server(configuration, backend, name[(slash + 1)..]) is not null;
    }

    private static Server? Server(CompiledConfiguration configuration, Proxy backend, string wanted)
    {
        foreach (int number in backend.Servers)
        {
            Server server = configuration.Servers[number];
            if (server.Name == wanted || wanted == $"#{server.Id}") return server;
        }
        return null;
    }

    public static Proxy? Backend(CompiledConfiguration configuration, string name) =>
        Of(configuration, name, ProxyCapabilities.Backend);

    public static Proxy? Frontend(CompiledConfiguration configuration, string name) =>
        Of(configuration, name, ProxyCapabilities.Frontend);

    private static Proxy? Of(CompiledConfiguration configuration, string name, ProxyCapabilities wanted)
    {
        foreach (Proxy proxy in configuration.Proxies)
        {
            if ((proxy.Capabilities & wanted) != 0 && (proxy.Name == name || name == $"#{proxy.Id}")) return proxy;
        }
        return null;
    }
}
