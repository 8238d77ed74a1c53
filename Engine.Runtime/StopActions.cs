using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Signals;

namespace Engine.Runtime;

/// <summary>Carries out what a signal asks of the service, with the reference's words on standard error.</summary>
public sealed class StopActions(
    CompiledConfiguration configuration,
    SharedWorld shared,
    WorkerThreads workers,
    ListeningSockets sockets,
    MessageWriter messages)
{
    public void Carry(StopOrder order)
    {
        if ((order & StopOrder.CloseListeners) != 0) CloseListeners();
        if ((order & StopOrder.PauseListeners) != 0) Pause();
        if ((order & StopOrder.ResumeListeners) != 0) Resume();
        if ((order & StopOrder.ShutConnections) != 0)
        {
            messages.Warning(StopTexts.HardStopNow);
            workers.Post(ThreadMessageKind.HardStop);
        }
        if ((order & StopOrder.LeaveConnections) != 0) messages.Warning(StopTexts.LeavingConnections);
        if ((order & StopOrder.DumpServers) != 0) DumpServers();
        if ((order & StopOrder.DumpMemory) != 0) DumpMemory();
    }

    private unsafe void CloseListeners()
    {
        foreach (Proxy proxy in configuration.Proxies)
        {
            ulong front = 0;
            ulong back = 0;
            foreach (Engine.Data.Worlds.World world in workers.Worlds)
            {
                front += world.ProxyCounters[proxy.Number].Connections;
                back += world.ProxyCounters[proxy.Number].Sessions;
            }
            messages.Warning(StopTexts.ProxyStopped(proxy.Name, front, back));
        }
        workers.Post(ThreadMessageKind.SoftStop);
    }

    private void Pause()
    {
        foreach (Proxy proxy in configuration.Proxies)
            if (proxy.Listeners.Length > 0) messages.Warning(StopTexts.Paused(proxy.Name));
        workers.Post(ThreadMessageKind.Pause);
        sockets.Pause();
    }

    private void Resume()
    {
        foreach (Proxy proxy in configuration.Proxies)
            if (proxy.Listeners.Length > 0) messages.Warning(StopTexts.Resumed(proxy.Name));
        sockets.Resume();
        workers.Post(ThreadMessageKind.Resume);
    }

    private void DumpServers()
    {
        messages.Warning(StopTexts.DumpingServers);
        foreach (Server server in configuration.Servers)
        {
            ref SharedServer row = ref shared.Server(server.Number);
            string proxy = configuration.Proxies[server.Backend].Name;
            messages.Warning(StopTexts.Server(
                proxy, server.Name, row.Running != 0, Volatile.Read(ref row.Served), row.Waiting, Total(server.Number)));
        }
    }

    private unsafe ulong Total(int server)
    {
        ulong total = 0;
        foreach (Engine.Data.Worlds.World world in workers.Worlds) total += world.ServerCounters[server].Sessions;
        return total;
    }

    private void DumpMemory()
    {
        foreach (Engine.Data.Worlds.World world in workers.Worlds)
        {
            messages.Notice(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"thread {world.Thread}: {world.Connections.Count} connections, {world.Streams.Count} streams, "
                + $"{world.Buffers.Lent} buffers lent, {world.Heads.Lent} heads at work"));
        }
    }
}
