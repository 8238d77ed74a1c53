using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Worlds;
using Engine.Runtime.Signals;
using Engine.Systems.Accept;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that open and close frontends, and limits of connections (management guide section 9.3).</summary>
internal static unsafe class FrontendCommands
{
    private const int LevelWarning = 4;

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("disable frontend", AdminLevel.Admin, "<frontend>", Disable,
            "temporarily disable specific frontend");
        ServerCommands.Add("enable frontend", AdminLevel.Admin, "<frontend>", Enable, "re-enable specific frontend");
        ServerCommands.Add("shutdown frontend", AdminLevel.Admin, "<frontend>", Shut, "stop a specific frontend");
        ServerCommands.Add("set maxconn frontend", AdminLevel.Admin, "<frontend> <value>", SetLimit,
            "change a frontend's maxconn setting");
        ServerCommands.Add("set maxconn global", AdminLevel.Admin, "<value>", SetGlobalLimit,
            "change the per-process maxconn setting");
    }

    private static Proxy? Named(AdminRequest request)
    {
        string name = request.Argument(0);
        Proxy? frontend = name.Length == 0 ? null : ServerFinder.Frontend(request.Engine.Configuration, name);
        if (frontend is null) request.Refuse(name.Length == 0 ? "A frontend name is expected." : "No such frontend.");
        return frontend;
    }

    private static void Disable(AdminRequest request)
    {
        if (Named(request) is not { } frontend) return;
        if (frontend.State == FrontendState.Stopped)
        {
            request.Refuse("Frontend was previously shut down, cannot disable.");
            return;
        }
        if (frontend.State == FrontendState.Paused)
        {
            request.Notify("All sockets are already disabled.");
            return;
        }
        frontend.State = FrontendState.Paused;
        request.DoOnAll(world => StopListening.Pause(world, frontend));
        request.Services.Sockets()?.Pause(frontend);
        Tell(request, frontend, StopTexts.Paused(frontend.Name));
    }

    private static void Enable(AdminRequest request)
    {
        if (Named(request) is not { } frontend) return;
        if (frontend.State == FrontendState.Stopped)
        {
            request.Refuse("Frontend was previously shut down, cannot enable.");
            return;
        }
        if (frontend.State == FrontendState.Open)
        {
            request.Notify("All sockets are already enabled.");
            return;
        }
        frontend.State = FrontendState.Open;
        request.Services.Sockets()?.Resume(frontend);
        request.DoOnAll(world =>
        {
            foreach (int listener in frontend.Listeners) ArmAccept.Run(world, (uint)listener);
        });
        Tell(request, frontend, StopTexts.Resumed(frontend.Name));
    }

    private static void Shut(AdminRequest request)
    {
        if (Named(request) is not { } frontend) return;
        if (frontend.State == FrontendState.Stopped)
        {
            request.Refuse("Frontend was already shut down.");
            return;
        }
        frontend.State = FrontendState.Stopped;
        request.Services.Sockets()?.Forget(frontend);
        ulong front = 0;
        ulong back = 0;
        request.DoOnAll(world =>
        {
            front += (ulong)world.ProxyCounters[frontend.Number].Connections;
            back += (ulong)world.ProxyCounters[frontend.Number].Sessions;
            StopListening.Close(world, frontend);
        });
        Tell(request, frontend, StopTexts.ProxyStopped(frontend.Name, front, back));
    }

    /// <summary>For its log and for standard error.</summary>
    private static void Tell(AdminRequest request, Proxy frontend, string text) =>
        request.Do(world => world.Notices.Add(new HealthNotice(frontend.Number, LevelWarning, text, text, IsAlert: false)));

    private static void SetLimit(AdminRequest request)
    {
        if (Named(request) is not { } frontend) return;
        string text = request.Argument(1);
        int limit = NumberOf(text);
        if (text.Length == 0) request.Refuse("Integer value expected.");
        else if (limit < 0) request.Refuse("Value out of range.");
        else
        {
            frontend.MaxConnections = limit;
            request.DoOnAll(static world => world.AdmitHeld = true); // room may have appeared
        }
    }

    /// <summary>0 and less stand for all that the process was started for; it cannot have more.</summary>
    private static void SetGlobalLimit(AdminRequest request)
    {
        string text = request.Argument(0);
        int limit = NumberOf(text);
        uint most = request.Engine.Shared.ConnectionsMax;
        if (text.Length == 0) request.Refuse("Expects an integer value.");
        else if (limit > most) request.Refuse("Value out of range.");
        else
        {
            request.Engine.Shared.ConnectionsLimit = limit <= 0 ? most : (uint)limit;
            request.Engine.Configuration.Globals.MaxConnections = (int)request.Engine.Shared.ConnectionsLimit;
            request.DoOnAll(static world => world.AdmitHeld = true);
        }
    }

    /// <summary>The number that a text begins with, 0 when it begins with none.</summary>
    private static int NumberOf(string text) => ConfigurationUnits.Integer(text);
}
