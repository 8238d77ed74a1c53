using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>wait</c>: holds the commands behind it back for a time or until a condition holds.</summary>
internal static class WaitCommand
{
    private static readonly string[] Usage =
    [
        "Usage: wait {-h|<duration>} [condition [args...]]",
        "  - '-h' displays this help",
        "  - <duration> is the maximum wait time, optionally suffixed by the unit among",
        "    'us', 'ms', 's', 'm', 'h', and 'd'. ; the default unit is milliseconds.",
        "  - <condition> indicates what to wait for, no longer than the specified",
        "    duration. Supported conditions are:",
        "    - <none> : by default, just sleep for the specified duration.",
        "    - srv-removable <px>/<sv> : wait for this server to become removable.",
    ];

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("wait", AdminLevel.Admin, "{-h|<delay_ms>} cond [args...]", Run,
            "wait the specified delay or condition (-h to see list)");

    private static void Run(AdminRequest request)
    {
        string time = request.Argument(0);
        if (time == "-h")
        {
            Explain(request);
            return;
        }
        if (time.Length == 0)
        {
            request.Refuse("Expects a duration in milliseconds.");
            return;
        }
        string text = char.IsAsciiDigit(time[^1]) ? time + "ms" : time;
        if (!SessionCommands.TryReadDelay(text, out uint delayMs) && !IsUnderMillisecond(text, ref delayMs))
        {
            request.Refuse("Invalid duration.");
            return;
        }
        switch (request.Argument(1))
        {
            case "":
                request.Session.WaitFor(delayMs, static () => false, () => request.Inform("Done."));
                break;
            case "be-removable":
                ForBackend(request, delayMs);
                break;
            case "srv-removable":
                ForServer(request, delayMs);
                break;
            default:
                Explain(request);
                break;
        }
    }

    /// <summary>Whoever wants to wait less than that is let wait a millisecond.</summary>
    private static bool IsUnderMillisecond(string text, ref uint delayMs)
    {
        bool isShort = text.EndsWith("us", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out uint count)
            && count is > 0 and < 1000;
        if (isShort) delayMs = 1;
        return isShort;
    }

    private static void Explain(AdminRequest request)
    {
        request.Refuse(string.Join('\n', Usage));
    }

    private static void ForBackend(AdminRequest request, uint delayMs)
    {
        string name = request.Argument(2);
        EngineAccess engine = request.Engine;
        if (name.Length == 0)
        {
            request.Refuse("Missing backend name.");
            return;
        }
        if (AddedBackendCommands.FaultOf(engine, name, out Proxy? backend) is { } fault)
        {
            request.Refuse("Failed. " + fault);
            return;
        }
        request.Session.WaitFor(
            delayMs,
            () => AddedBackendCommands.FaultOf(engine, name, out _) is not null || !AddedBackendCommands.HasStreams(engine, backend!),
            () =>
            {
                if (AddedBackendCommands.FaultOf(engine, name, out _) is { } late) request.Refuse("Failed. " + late);
                else if (AddedBackendCommands.HasStreams(engine, backend!)) request.Refuse("Failed. " + AddedBackendCommands.StillUsed);
                else request.Inform("Done.");
            });
    }

    private static void ForServer(AdminRequest request, uint delayMs)
    {
        string name = request.Argument(2);
        if (name.Length == 0)
        {
            request.Refuse("Missing server name (<backend>/<server>).");
            return;
        }
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (name.EndsWith('/'))
        {
            request.Refuse("Require 'backend/server'.");
            return;
        }
        bool isThere = slash < 0 || ServerFinder.IsThere(request.Engine.Configuration, name);
        if (!isThere)
        {
            request.Refuse("Failed. No such server.");
            return;
        }
        if (ServerFinder.Find(request, name) is not { } server) return;
        EngineAccess engine = request.Engine;
        if (AddedServerCommands.IsNamed(engine.Configuration.Proxies[server.Backend], server))
        {
            request.Refuse("Failed. This server cannot be removed at runtime due to other configuration elements pointing to it.");
            return;
        }
        if ((engine.Shared.Health(server.Number).Admin & ServerAdmin.Maintenance) == 0)
        {
            request.Refuse("Failed. Only servers in maintenance mode can be deleted.");
            return;
        }
        request.Session.WaitFor(delayMs, () => IsUnused(engine, server), () =>
        {
            if (IsUnused(engine, server)) request.Inform("Done.");
            else request.Refuse("Failed. Server still has connections attached to it, cannot remove it.");
        });
    }

    /// <summary>No stream is on it or waits for it, and no connection to it is kept.</summary>
    internal static bool IsUnused(EngineAccess engine, Server server)
    {
        ref SharedServer row = ref engine.Shared.Server(server.Number);
        if (Volatile.Read(ref row.Served) + Volatile.Read(ref row.Waiting) > 0) return false;
        foreach (World world in engine.Worlds)
        {
            ref readonly ServerPool pool = ref world.Pools[(uint)server.Number];
            if (pool.Count + pool.Used + pool.Left > 0) return false;
        }
        return true;
    }
}
