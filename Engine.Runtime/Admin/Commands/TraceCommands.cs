using System.Runtime.CompilerServices;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>trace</c>, <c>show trace</c> and <c>show events</c> (management guide section 9.3). Nothing here can be traced and
/// there is no ring that events go to, so the lists are empty and every name is refused as one the reference does not know.
/// </summary>
internal static class TraceCommands
{
    private const string Sources = "Supported trace sources and states (.=stopped, w=waiting, R=running) :";

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("trace", AdminLevel.Operator, "[<module>|0] [cmd [args...]]", Trace,
            "manage live tracing (empty to list, 0 to stop all)");
        ServerCommands.Add("show trace", AdminLevel.User, "[<module>]", ShowTrace, "show live tracing state");
        ServerCommands.Add("show events", AdminLevel.User, "[<sink>] [-w] [-n] [-0]", ShowEvents, "show event sink state");
    }

    private static void Trace(AdminRequest request)
    {
        string source = request.Argument(0);
        if (source.Length == 0)
        {
            request.Answer(Sources);
            request.Answer(" [.] 0          : not a source, will immediately stop all traces");
        }
        else if (source == "0") request.Warn("All traces now stopped");
        else request.Refuse($"No such trace source '{source}'");
    }

    private static void ShowTrace(AdminRequest request)
    {
        if (request.Argument(0).Length > 0) request.Refuse("No such trace source");
        else request.Answer(Sources);
    }

    private static void ShowEvents(AdminRequest request)
    {
        if (request.Argument(0).Length > 0) request.Refuse("No such event sink");
        else request.Answer("Supported events sinks are listed below. Add -0(zero), -w(wait), -n(new). Any key to stop.");
    }
}
