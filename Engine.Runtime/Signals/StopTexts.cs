using System.Globalization;

namespace Engine.Runtime.Signals;

/// <summary>
/// The warnings around stopping, in the shapes that log watchers know: each is the text behind
/// <c>[WARNING]  (pid) : </c>.
/// </summary>
public static class StopTexts
{
    public const string HardStopNow = "soft-stop running for too long, performing a hard-stop.";
    public const string LeavingConnections = "Some tasks resisted to hard-stop, exiting now.";
    public const string GraceOver = "Grace period expired, proceeding with soft-stop now.";
    public const string DumpingServers = "SIGHUP received, dumping servers states.";

    /// <summary>When a soft stop was asked for that <c>grace</c> delays.</summary>
    public static string GraceBegins(uint graceMs) =>
        string.Create(CultureInfo.InvariantCulture, $"Scheduling a soft-stop in {graceMs} ms.");

    /// <summary>For each proxy when a soft stop begins.</summary>
    public static string ProxyStopped(string proxy, ulong front, ulong back) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Proxy {proxy} stopped (cumulated conns: FE: {front}, BE: {back}).");

    /// <summary>For each proxy that still has connections when <c>hard-stop-after</c> strikes.</summary>
    public static string ProxyHardStopped(string proxy, int connections) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Proxy {proxy} hard-stopped ({connections} remaining conns will be closed).");

    /// <summary>For each frontend on SIGTTOU; the Runtime API's own is called GLOBAL.</summary>
    public static string Paused(string frontend) => $"Paused frontend {frontend}.";

    public static string Resumed(string frontend) => $"Resumed frontend {frontend}.";

    /// <summary>Precedes the lines about a proxy in its log.</summary>
    public static string DumpingServersOf(string proxy) =>
        $"SIGHUP received, dumping servers states for proxy {proxy}.";

    /// <summary>For each server on SIGHUP.</summary>
    public static string Server(
        string proxy, string server, bool up, int active, int waiting, ulong total)
    {
        string state = up ? "UP" : "DOWN";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SIGHUP: Server {proxy}/{server} is {state}. Conn: {active} act, {waiting} pend, {total} tot.");
    }

    /// <summary>For each proxy on SIGHUP, after its servers.</summary>
    public static string Proxy(in ProxyReport report)
    {
        string servers = report.Servers == 0
            ? "has no servers."
            : report.ActiveUp + report.BackupUp == 0
                ? "has no server available !"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {report.ActiveUp} active servers and {report.BackupUp} backup servers available.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SIGHUP: Proxy {report.Name} {servers} Conn: act(FE+BE): {report.Frontend}+{report.Backend}, "
            + $"{report.Waiting} pend (0 unass), "
            + $"tot(FE+BE): {report.FrontendTotal}+{report.BackendTotal}.");
    }
}
