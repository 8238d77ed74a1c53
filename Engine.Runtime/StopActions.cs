using System.Globalization;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Logging;
using Engine.Runtime.Signals;

namespace Engine.Runtime;

/// <summary>
/// Carries out what a signal asks of the service, with the reference's words on standard error and, for what
/// concerns a proxy, in that proxy's log.
/// </summary>
public sealed unsafe class StopActions(
    CompiledConfiguration configuration,
    SharedWorld shared,
    WorkerThreads workers,
    ListeningSockets sockets,
    AdminServer admin,
    ProcessLog log,
    MessageWriter messages)
{
    /// <summary>What the frontend of the Runtime API is called.</summary>
    private const string GlobalFrontend = "GLOBAL";

    public void Carry(StopOrder order)
    {
        if ((order & StopOrder.Announce) != 0) Announce();
        if ((order & StopOrder.EndGrace) != 0) messages.Notice(StopTexts.GraceOver);
        if ((order & StopOrder.CloseListeners) != 0) CloseListeners();
        if ((order & StopOrder.PauseListeners) != 0) Pause();
        if ((order & StopOrder.ResumeListeners) != 0) Resume();
        if ((order & StopOrder.ShutConnections) != 0) ShutConnections();
        if ((order & StopOrder.LeaveConnections) != 0) WarnGlobal(StopTexts.LeavingConnections);
        if ((order & StopOrder.DumpServers) != 0) DumpServers();
        if ((order & StopOrder.DumpMemory) != 0) DumpMemory();
    }

    private void Announce()
    {
        messages.Notice(StopTexts.GraceBegins(configuration.Globals.GraceMs));
        Volatile.Write(ref shared.Process.Stopping, 1);
    }

    private void CloseListeners()
    {
        Volatile.Write(ref shared.Process.Stopping, 1);
        foreach (Proxy proxy in configuration.Proxies)
        {
            (ulong front, ulong back) = Totals(proxy);
            Warn(proxy, StopTexts.ProxyStopped(proxy.Name, front, back));
        }
        workers.Post(ThreadMessageKind.SoftStop);
        admin.CloseListeners();
    }

    private void Pause()
    {
        foreach (Proxy proxy in configuration.Proxies)
            if (proxy.Listeners.Length > 0) Warn(proxy, StopTexts.Paused(proxy.Name));
        if (admin.ListenerCount > 0) messages.Warning(StopTexts.Paused(GlobalFrontend));
        workers.Post(ThreadMessageKind.Pause);
        sockets.Pause();
        admin.Pause();
    }

    private void Resume()
    {
        foreach (Proxy proxy in configuration.Proxies)
            if (proxy.Listeners.Length > 0) Warn(proxy, StopTexts.Resumed(proxy.Name));
        if (admin.ListenerCount > 0) messages.Warning(StopTexts.Resumed(GlobalFrontend));
        sockets.Resume();
        workers.Post(ThreadMessageKind.Resume);
        admin.Resume();
    }

    private void ShutConnections()
    {
        WarnGlobal(StopTexts.HardStopNow);
        foreach (Proxy proxy in configuration.Proxies)
        {
            int left = Volatile.Read(ref shared.Proxy(proxy.Number).FrontendConnections);
            if (left > 0) Warn(proxy, StopTexts.ProxyHardStopped(proxy.Name, left));
        }
        workers.Post(ThreadMessageKind.HardStop);
    }

    private void DumpServers()
    {
        messages.Warning(StopTexts.DumpingServers);
        foreach (Proxy proxy in configuration.Proxies)
        {
            log.Send(proxy, ProcessLog.LevelNotice, StopTexts.DumpingServersOf(proxy.Name));
            int active = 0;
            int backup = 0;
            foreach (int number in proxy.Servers)
            {
                Server server = configuration.Servers[number];
                ref SharedServer row = ref shared.Server(number);
                bool up = Volatile.Read(ref row.Running) != 0;
                if (up && server.Backup) backup++;
                else if (up) active++;
                int served = Volatile.Read(ref row.Served);
                int waiting = Volatile.Read(ref row.Waiting);
                Tell(proxy, StopTexts.Server(proxy.Name, server.Name, up, served, waiting, Total(number)));
            }
            Tell(proxy, StopTexts.Proxy(Report(proxy, active, backup)));
        }
    }

    private ProxyReport Report(Proxy proxy, int activeUp, int backupUp)
    {
        ref SharedProxy counts = ref shared.Proxy(proxy.Number);
        (ulong front, ulong back) = Totals(proxy);
        return new ProxyReport(
            proxy.Name,
            proxy.Servers.Length,
            activeUp,
            backupUp,
            Volatile.Read(ref counts.FrontendConnections),
            Volatile.Read(ref counts.BackendConnections),
            Volatile.Read(ref counts.QueueLength),
            front,
            back);
    }

    private void DumpMemory()
    {
        foreach (World world in workers.Worlds)
        {
            messages.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"thread {world.Thread}: {world.Connections.Count} connections, "
                + $"{world.Streams.Count} streams, {world.Buffers.Lent} buffers lent, "
                + $"{world.Heads.Lent} heads at work"));
        }
    }

    private void Warn(Proxy proxy, string text)
    {
        messages.Warning(text);
        log.Send(proxy, ProcessLog.LevelWarning, text);
    }

    private void WarnGlobal(string text)
    {
        messages.Warning(text);
        log.SendGlobal(ProcessLog.LevelWarning, text);
    }

    private void Tell(Proxy proxy, string text)
    {
        messages.Warning(text);
        log.Send(proxy, ProcessLog.LevelNotice, text);
    }

    private ulong Total(int server)
    {
        ulong total = 0;
        foreach (World world in workers.Worlds)
            total += Volatile.Read(ref world.ServerCounters[server].Sessions);
        return total;
    }

    private (ulong Front, ulong Back) Totals(Proxy proxy)
    {
        ulong front = 0;
        ulong back = 0;
        foreach (World world in workers.Worlds)
        {
            front += Volatile.Read(ref world.ProxyCounters[proxy.Number].Connections);
            back += Volatile.Read(ref world.ProxyCounters[proxy.Number].Sessions);
        }
        return (front, back);
    }
}
