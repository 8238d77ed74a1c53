using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Systems.Users;

namespace Engine.Systems.Samples;

/// <summary>Finds the proxies and servers that expressions name, once all files are read.</summary>
internal static unsafe class ResolveArguments
{
    /// <summary>Among the checks of a proxy: behind its servers and its formats.</summary>
    private const int Order = 615;

    [ModuleInitializer]
    internal static void Register() =>
        Words.ProxyChecks.Add(new("expression arguments", Order, &Run) { InDefaults = true });

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<UnresolvedArguments>() is not { } part) return;
        string reasons = "";
        int count = 0;
        foreach (UnresolvedArgument item in part.Items)
        {
            if (Resolve(draft, item) is not { } reason) continue;
            string one = $"parsing [{item.File}:{item.Line}]: {reason}";
            reasons = ++count == 1 ? one : $"{reasons}\n        {one}";
        }
        if (count == 0) return;
        draft.Diagnostics.AlertBare(count == 1 ? reasons : $"multiple argument resolution errors:\n        {reasons}");
    }

    /// <summary>Answers what is wrong, or null.</summary>
    private static string? Resolve(ConfigurationDraft draft, UnresolvedArgument item)
    {
        ref Argument argument = ref item.Arguments.Items[item.Index];
        string where = $"in arg {item.Index + 1} of {item.Keyword} in proxy '{item.Proxy.Name}'";
        return argument.Kind switch
        {
            ArgumentKind.Frontend => Proxy(draft, item, ref argument, true, where),
            ArgumentKind.Backend => Proxy(draft, item, ref argument, false, where),
            ArgumentKind.Table => Table(draft, item, ref argument, where),
            ArgumentKind.UserList => Users(draft, item, ref argument, where),
            _ => Server(draft, item, ref argument, where),
        };
    }

    private static string? Users(
        ConfigurationDraft draft, UnresolvedArgument item, ref Argument argument, string where)
    {
        if (!argument.Given) return $"missing userlist name {where}.";
        string name = argument.Text.ToString();
        item.Arguments.Prepared = draft.Parts.Find<UserListsPart>()?.Find(name);
        return item.Arguments.Prepared is null ? $"unable to find userlist '{name}' referenced {where}." : null;
    }

    /// <summary>A stick table, or the one of the section itself.</summary>
    private static string? Table(
        ConfigurationDraft draft, UnresolvedArgument item, ref Argument argument, string where)
    {
        if (!argument.Given && item.Proxy.Kind == SectionKinds.Defaults) return $"table name must be set {where}.";
        string name = argument.Given ? argument.Text.ToString() : item.Proxy.Name;
        StickTableSettings? table = draft.Parts.Find<StickTablesPart>()?.Find(name);
        if (table is null) return $"unable to find table '{name}' referenced {where}.";
        table.AddUser(item.Proxy.Name);
        argument.Given = true;
        argument.Integer = table.Number;
        return null;
    }

    private static string? Proxy(
        ConfigurationDraft draft, UnresolvedArgument item, ref Argument argument, bool frontend, string where)
    {
        string side = frontend ? "frontend" : "backend";
        if (!argument.Given)
        {
            // Left out, the section itself is meant; evaluation knows it.
            bool isDefaults = item.Proxy.Kind == SectionKinds.Defaults;
            bool capable = isDefaults || (frontend ? item.Proxy.HasFrontend : item.Proxy.HasBackend);
            return capable
                ? null
                : $"proxy '{item.Proxy.Name}', referenced {where}, has not {side} capability.";
        }
        string name = argument.Text.ToString();
        ProxyDraft? found = frontend ? draft.FindFrontend(name) : draft.FindBackend(name);
        if (found is null) return $"unable to find {side} '{name}' referenced {where}.";
        argument.Integer = found.Target.Number;
        found.Target.IsReferred = true;
        return null;
    }

    /// <summary><c>backend/server</c>, or a server of the section itself.</summary>
    private static string? Server(
        ConfigurationDraft draft, UnresolvedArgument item, ref Argument argument, string where)
    {
        if (!argument.Given) return $"missing server name {where}.";
        string name = argument.Text.ToString();
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && item.Proxy.Kind == SectionKinds.Defaults) return $"backend name must be set {where}.";
        ProxyDraft? backend = slash < 0 ? item.Proxy : draft.FindBackend(name[..slash]);
        if (backend is null) return $"unable to find proxy '{name[..slash]}' referenced {where}.";
        string serverName = name[(slash + 1)..];
        foreach (ServerDraft server in backend.Servers)
        {
            if (server.Target.Name != serverName) continue;
            argument.Integer = server.Target.Number;
            server.Target.IsReferred = true;
            backend.Target.IsReferred = true;
            return null;
        }
        return $"unable to find server '{serverName}' in proxy '{backend.Name}', referenced {where}.";
    }
}
