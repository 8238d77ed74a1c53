using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Runtime.Configuration;
using Engine.Runtime.Configuration.Keywords;
using Engine.Systems.Balance;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>add backend</c> and <c>del backend</c> (management guide section 9.3).</summary>
internal static class AddedBackendCommands
{
    private const string Usage = "Usage: add backend <name> from <defproxy>";

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("add backend", AdminLevel.Admin, "<backend>", Add, "add a new backend");
        ServerCommands.Add("del backend", AdminLevel.Admin, "<backend>", Delete, "delete a backend");
    }

    private static void Add(AdminRequest request)
    {
        string name = request.Argument(0);
        if (name.Length == 0)
        {
            request.Refuse("Require backend name.");
            return;
        }
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') continue;
            request.Refuse($"Invalid character '{c}' in backend name.");
            return;
        }
        if (request.Argument(1) != "from" || request.Argument(2).Length == 0)
        {
            request.Refuse(Usage + ".");
            return;
        }
        if (!TryReadOptions(request, out ProxyMode? mode, out string guid)) return;
        CompiledConfiguration configuration = request.Engine.Configuration;
        if (AddedBackends.Defaults(configuration, request.Argument(2)) is not { } defaults)
        {
            request.Refuse($"Cannot find default proxy '{request.Argument(2)}'.");
            return;
        }
        if (mode is null && !defaults.SaysMode)
        {
            request.Refuse($"Mode is required as '{defaults.Name}' default proxy does not explicitly defines it.");
            return;
        }
        int number = FreeNumber(request.Engine);
        string error = "too many backends were added";
        Proxy? backend = number < 0
            ? null
            : AddedBackends.Make(configuration, name, number, defaults, mode, guid, out error);
        if (backend is null)
        {
            request.Refuse($"Error during backend creation : {error}.");
            return;
        }
        Enter(request.Engine, configuration, backend);
        request.Inform("New backend registered.");
    }

    private static bool TryReadOptions(AdminRequest request, out ProxyMode? mode, out string guid)
    {
        mode = null;
        guid = "";
        for (int i = 3; i < request.Arguments.Length; i += 2)
        {
            string value = request.Argument(i + 1);
            bool isMode = request.Argument(i) == "mode" && mode is null;
            if (value.Length == 0 || (!isMode && (request.Argument(i) != "guid" || guid.Length > 0)))
            {
                request.Refuse(Usage + " [mode <px_mode>] [guid <val>].");
                return false;
            }
            if (!isMode) guid = value;
            else if (value is "tcp" or "http") mode = value == "http" ? ProxyMode.Http : ProxyMode.Tcp;
            else
            {
                bool isKnown = value is "log" or "spop" or "haterm";
                request.Refuse(isKnown ? "Dynamic backends are compatible with only TCP or HTTP mode." : "Unknown proxy mode.");
                return false;
            }
        }
        return true;
    }

    /// <summary>A number that no proxy has and no stream of one deleted still names, -1 when there are no more.</summary>
    private static int FreeNumber(EngineAccess engine)
    {
        CompiledConfiguration configuration = engine.Configuration;
        foreach (Proxy proxy in configuration.Proxies)
            if (proxy.IsRemoved && Volatile.Read(ref engine.Shared.Proxy(proxy.Number).BackendConnections) == 0) return proxy.Number;
        return configuration.Proxies.Length < configuration.ProxyRows ? configuration.Proxies.Length : -1;
    }

    /// <summary>Gives it its rows, then its number and its name: nobody finds it before all is there.</summary>
    private static void Enter(EngineAccess engine, CompiledConfiguration configuration, Proxy backend)
    {
        SharedWorld shared = engine.Shared;
        int number = backend.Number;
        shared.Proxy(number) = default;
        shared.Backend(number) = new() { ChangedNanoseconds = EngineAccess.NowNanoseconds };
        shared.BadMessages.Prepare(number);
        if (backend.LogTag is { } tag)
        {
            LogSender[] senders = engine.Worlds[0].LogSenders;
            senders[number] = new LogSender { Tag = ByteView.Literal(tag), Pid = senders[number].Pid, Hostname = senders[number].Hostname };
        }
        engine.RunOnAll(world => world.ProxyCounters[number] = default);
        for (int thread = 0; thread < engine.Worlds.Length; thread++) engine.Cleared.Proxy(thread, number) = default;
        Proxy[] proxies = configuration.Proxies;
        if (number < proxies.Length) Volatile.Write(ref proxies[number], backend);
        else Volatile.Write(ref configuration.Proxies, [.. proxies, backend]);
        TurnSequence.Prepare(configuration, shared, backend);
        SwitchingWords.RenewNames(configuration);
    }

    private static void Delete(AdminRequest request)
    {
        EngineAccess engine = request.Engine;
        if (FaultOf(engine, request.Argument(0), out Proxy? backend) is { } fault) request.Refuse(fault);
        else if (HasStreams(engine, backend!)) request.Refuse(StillUsed);
        else
        {
            Leave(engine, backend!);
            request.Inform("Backend deleted.");
        }
    }

    internal const string StillUsed = "Backend still has attached streams on it.";

    /// <summary>Why a backend cannot be deleted whatever is waited for; null when it can.</summary>
    internal static string? FaultOf(EngineAccess engine, string name, out Proxy? backend)
    {
        backend = name.StartsWith('#') ? null : ServerFinder.Backend(engine.Configuration, name);
        if (backend is null) return "No such backend.";
        if ((backend.Capabilities & ProxyCapabilities.Frontend) != 0) return "Cannot delete a listen section.";
        if (HasTable(engine.Configuration, name)) return "Cannot remove a backend with stick-table.";
        if (backend.IsReferred) return "This proxy cannot be removed at runtime due to other configuration elements pointing to it.";
        if (!Volatile.Read(ref backend.Unpublished)) return "Backend must be unpublished prior to its deletion.";
        return backend.Servers.Length > 0 ? "Only a backend without server can be deleted." : null;
    }

    internal static bool HasStreams(EngineAccess engine, Proxy backend) =>
        Volatile.Read(ref engine.Shared.Proxy(backend.Number).BackendConnections) > 0;

    private static bool HasTable(CompiledConfiguration configuration, string name) =>
        Array.Exists(configuration.StickTables, table => table.Name == name);

    private static void Leave(EngineAccess engine, Proxy backend)
    {
        backend.Capabilities = ProxyCapabilities.None;
        SwitchingWords.RenewNames(engine.Configuration);
        AddedBackends.Forget(engine.Configuration, backend);

        // Its number is given to another only when no thread can still hold what named it.
        engine.RunOnAll(static _ => { });
        backend.IsRemoved = true;
    }
}
