using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration.Keywords;
using Engine.Systems.Connect;

namespace Engine.Runtime.Configuration;

/// <summary>Turns a draft that was read without error into what the engine runs: numbers, arrays, resolved names.</summary>
public static unsafe class ConfigurationCompiler
{
    /// <summary>Servers that the Runtime API may add at a time; room for their rows costs address space alone.</summary>
    private const int AddedServersMax = 16384;

    /// <summary>Likewise of backends.</summary>
    private const int AddedBackendsMax = 1024;

    /// <summary>Verifies and compiles. What is wrong is reported; the caller looks at the diagnostics.</summary>
    public static CompiledConfiguration Run(ConfigurationDraft draft, Options options)
    {
        if (options.MaxConnections > 0) draft.Globals.MaxConnections = options.MaxConnections;
        if (options.ProxyMaxConnections > 0) LimitProxies(draft, options.ProxyMaxConnections);
        draft.Globals.PoisonByte = options.PoisonByte;
        draft.Globals.PidFile = options.PidFile ?? draft.Globals.PidFile;
        SizeChecks.Run(draft.Globals, draft.Diagnostics);
        ThreadChecks.Choose(draft.Globals, draft.Diagnostics);
        AssignIds(draft);
        CollectListeners(draft);
        CollectServers(draft);
        ProxyCheck[] checks = [.. Words.ProxyChecks.Rows];
        System.Array.Sort(checks, static (left, right) => left.Order - right.Order);
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            if (proxy.Target.Disabled) continue;
            foreach (ProxyCheck check in checks)
                if (!check.Late) check.Run(draft, proxy);
        }
        foreach (ProxyDraft defaults in draft.Defaults)
        {
            foreach (ProxyCheck check in checks)
                if (check.InDefaults) check.Run(draft, defaults);
        }
        RunLate(draft, checks);
        LogTargets.Compile(draft);
        FieldCaseWords.ReadFile(draft);
        if (!draft.Diagnostics.HasAlerts) ThreadChecks.Run(draft.Globals, draft.Diagnostics);
        draft.Target.Proxies = [.. draft.Proxies.ConvertAll(static proxy => proxy.Target)];
        SwitchingWords.Compile(draft);
        draft.Target.Patterns.Finish();
        draft.Target.ServerRows = draft.Target.Servers.Length + AddedServersMax;
        draft.Target.ProxyRows = draft.Target.Proxies.Length + AddedBackendsMax;
        draft.Target.Parts.Get<KeptDraft>().Draft = draft;
        return draft.Target;
    }

    private static void RunLate(ConfigurationDraft draft, ProxyCheck[] checks)
    {
        if (draft.Diagnostics.HasAlerts) return;
        PlatformWords.CheckExposed(draft);
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            if (proxy.Target.Disabled) continue;
            foreach (ProxyCheck check in checks)
                if (check.Late) check.Run(draft, proxy);
        }
    }

    /// <summary><c>-N</c>: what frontends have that say no <c>maxconn</c>.</summary>
    private static void LimitProxies(ConfigurationDraft draft, int maxConnections)
    {
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            if (proxy.HasFrontend && proxy.Target.MaxConnections == 0) proxy.Target.MaxConnections = maxConnections;
        }
    }

    /// <summary>Free numbers from 2 in file order; given ones stay.</summary>
    private static void AssignIds(ConfigurationDraft draft)
    {
        HashSet<int> taken = [];
        foreach (ProxyDraft proxy in draft.Proxies) taken.Add(proxy.Target.Id);
        int next = 2;
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            proxy.Target.NameBytes = ByteView.Literal(proxy.Name);
            proxy.Target.HasGivenId = proxy.Target.Id > 0;
            if (proxy.Target.HasGivenId) continue;
            while (!taken.Add(next)) next++;
            proxy.Target.Id = next;
        }
    }

    private static void CollectListeners(ConfigurationDraft draft)
    {
        List<Listener> all = [];
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            HashSet<int> taken = [];
            foreach (Listener listener in proxy.Listeners) taken.Add(listener.Id);
            int next = 1;
            int[] numbers = new int[proxy.Listeners.Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                Listener listener = proxy.Listeners[i];
                listener.Number = numbers[i] = all.Count;
                listener.Frontend = proxy.Target.Number;
                while (listener.Id == 0 && !taken.Add(next)) next++;
                if (listener.Id == 0) listener.Id = next;
                next = listener.Id + 1;
                all.Add(listener);
            }
            proxy.Target.Listeners = numbers;
        }
        draft.Target.Listeners = [.. all];
    }

    private static void CollectServers(ConfigurationDraft draft)
    {
        List<Server> all = [];
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            HashSet<int> taken = [];
            foreach (ServerDraft server in proxy.Servers) taken.Add(server.Target.Id);
            int next = 1;
            int[] numbers = new int[proxy.Servers.Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                Server server = proxy.Servers[i].Target;
                server.Number = numbers[i] = all.Count;
                server.Backend = proxy.Target.Number;
                server.NameBytes = ByteView.Literal(server.Name);
                server.HasGivenId = server.Id != 0;
                while (server.Id == 0 && !taken.Add(next)) next++;
                if (server.Id == 0) server.Id = next;
                next++; // a given id counts, too
                ServerSockets.Plan(server, proxy.Target, draft.Globals);
                all.Add(server);
            }
            proxy.Target.Servers = numbers;
        }
        draft.Target.Servers = [.. all];
    }
}
