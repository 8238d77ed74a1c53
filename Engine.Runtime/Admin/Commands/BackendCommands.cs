using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Systems.Persist;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands about backends as a whole (management guide section 9.3).</summary>
internal static class BackendCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("disable dynamic-cookie backend", AdminLevel.Admin, "<bk>", DisableCookies,
            "disable dynamic cookies on a specific backend");
        ServerCommands.Add("enable dynamic-cookie backend", AdminLevel.Admin, "<bk>", EnableCookies,
            "enable dynamic cookies on a specific backend");
        ServerCommands.Add("set dynamic-cookie-key backend", AdminLevel.Admin, "<bk> <k>", SetCookieKey,
            "change a backend secret key for dynamic cookies");
        ServerCommands.Add("publish backend", AdminLevel.Admin, "<backend>", Publish, "mark backend as ready for traffic");
        ServerCommands.Add("unpublish backend", AdminLevel.Admin, "<backend>", Unpublish,
            "remove backend for traffic processing");
    }

    private static Proxy? Named(AdminRequest request)
    {
        Proxy? backend = ServerFinder.Backend(request.Engine.Configuration, request.Argument(0));
        if (backend is null) request.Refuse("No such backend.");
        return backend;
    }

    private static void DisableCookies(AdminRequest request) => SwitchCookies(request, on: false);

    private static void EnableCookies(AdminRequest request) => SwitchCookies(request, on: true);

    private static void SwitchCookies(AdminRequest request, bool on)
    {
        if (!HasName(request) || Named(request) is not { } backend) return;
        backend.DynamicCookies = on;
        RenewCookies(request, backend);
    }

    private static void SetCookieKey(AdminRequest request)
    {
        if (!HasName(request) || Named(request) is not { } backend) return;
        if (request.Argument(1).Length == 0)
        {
            request.Refuse("String value expected.");
            return;
        }
        backend.DynamicCookieKey = request.Argument(1);
        RenewCookies(request, backend);
    }

    private static bool HasName(AdminRequest request)
    {
        if (request.Argument(0).Length > 0) return true;
        request.Refuse("A backend name is expected.");
        return false;
    }

    private static void RenewCookies(AdminRequest request, Proxy backend) =>
        request.Do(world =>
        {
            foreach (int number in backend.Servers)
                DynamicCookies.Renew(backend, world.Configuration.Servers[number], world.Targets[(uint)number].Address);
        });

    private static void Publish(AdminRequest request) => SetUnpublished(request, false, "Backend published.");

    private static void Unpublish(AdminRequest request) => SetUnpublished(request, true, "Backend unpublished.");

    private static void SetUnpublished(AdminRequest request, bool unpublished, string answer)
    {
        if (Named(request) is not { } backend) return;
        if (backend.Disabled)
        {
            request.Refuse("No effect on a disabled backend.");
            return;
        }
        Volatile.Write(ref backend.Unpublished, unpublished);
        request.Inform(answer);
    }
}
