using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;
using Engine.Systems.Health;

namespace Engine.Runtime.Health;

/// <summary>
/// Runs the programs of external checks (manual section 4.2, <c>option external-check</c>): the address of the proxy and
/// the server are its arguments, more stands in its environment, its exit code is the verdict.
/// </summary>
public static class ExternalCheckRunner
{
    private const string DefaultPath = "";

    /// <summary>Takes over the programs of an engine.</summary>
    public static void Attach(EngineAccess engine) =>
        engine.Shared.StartExternalCheck = (world, number) => Begin(engine, world, number);

    /// <summary>On a worker thread: everything that waits happens elsewhere.</summary>
    private static void Begin(EngineAccess engine, World world, int number)
    {
        CompiledConfiguration configuration = world.Configuration;
        Server server = configuration.Servers[number / SharedWorld.ChecksPerServer];
        Proxy proxy = configuration.Proxies[server.Backend];
        uint limit = proxy.Timeouts.CheckMs != 0 ? proxy.Timeouts.CheckMs : server.Check.IntervalMs;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        SocketAddress target = CheckConnection.Target(world, number, ref check, server.Check.Program.Steps[0]);
        ProcessStartInfo start = Describe(configuration, proxy, server, target, world);
        int thread = world.Thread;
        _ = Task.Run(async () =>
        {
            (CheckStatus status, int code) = await RunProgram(start, (int)limit).ConfigureAwait(false);
            engine.Post(thread, owner => ExternalChecks.End(owner, number, status, code));
        });
    }

    private static async Task<(CheckStatus Status, int Code)> RunProgram(ProcessStartInfo start, int limitMs)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
            using CancellationTokenSource patience = new(limitMs);
            try
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (CheckStatus.ProcessTimeout, 0);
            }
            return (process.ExitCode == 0 ? CheckStatus.ProcessOk : CheckStatus.ProcessError, process.ExitCode);
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            return (CheckStatus.ProcessError, NotStarted);
        }
    }

    /// <summary>Exit code of a child that could not become the program.</summary>
    private const int NotStarted = 255;

    private static ProcessStartInfo Describe(
        CompiledConfiguration configuration, Proxy proxy, Server server, in SocketAddress target, World world)
    {
        CheckProgram program = server.Check.Program;
        string serverAddress = server.Path ?? ServerStatus.AddressText(target);
        string serverPort = server.Path is null ? target.Port.ToString(CultureInfo.InvariantCulture) : "NOT_USED";
        string proxyAddress = "NOT_USED";
        string proxyPort = "NOT_USED";
        if (proxy.Listeners.Length > 0 && configuration.Listeners[proxy.Listeners[0]] is { Path: null } listener)
        {
            proxyAddress = ServerStatus.AddressText(listener.Address);
            proxyPort = listener.Address.Port.ToString(CultureInfo.InvariantCulture);
        }
        ProcessStartInfo start = new(program.Command!, [proxyAddress, proxyPort, serverAddress, serverPort])
        {
            UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = program.CommandPath ?? DefaultPath;
        start.Environment["HAPROXY_PROXY_NAME"] = proxy.Name;
        start.Environment["HAPROXY_PROXY_ID"] = proxy.Id.ToString(CultureInfo.InvariantCulture);
        start.Environment["HAPROXY_PROXY_ADDR"] = proxyAddress;
        start.Environment["HAPROXY_PROXY_PORT"] = proxyPort;
        start.Environment["HAPROXY_SERVER_NAME"] = server.Name;
        start.Environment["HAPROXY_SERVER_ID"] = server.Id.ToString(CultureInfo.InvariantCulture);
        start.Environment["HAPROXY_SERVER_ADDR"] = serverAddress;
        start.Environment["HAPROXY_SERVER_PORT"] = serverPort;
        start.Environment["HAPROXY_SERVER_MAXCONN"] =
            world.Shared.Health(server.Number).MaxConnections.ToString(CultureInfo.InvariantCulture);
        start.Environment["HAPROXY_SERVER_CURCONN"] =
            world.Shared.Server(server.Number).Served.ToString(CultureInfo.InvariantCulture);
        start.Environment["HAPROXY_SERVER_SSL"] = "0";
        start.Environment["HAPROXY_SERVER_PROTO"] = "cli";
        return start;
    }
}
