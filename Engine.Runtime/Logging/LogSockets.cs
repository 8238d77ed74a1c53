using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Logging;

/// <summary>
/// Opens the sockets of one thread's log targets: when the thread starts, and again where a target was not
/// there or went away. Nothing here waits: a datagram socket is connected at once or not at all.
/// </summary>
public sealed unsafe class LogSockets
{
    /// <summary>
    /// A target that could not be opened is left alone for so long, nanoseconds: every line of a time in which nobody
    /// listens would cost a system call more, and a logger that was started anew should miss few.
    /// </summary>
    public const long PauseNanoseconds = 10_000_000;

    private readonly LogTarget?[] places;
    private readonly long[] notBefore;

    /// <param name="targets">As the batch was made with.</param>
    public LogSockets(ReadOnlySpan<LogTarget> targets)
    {
        int count = 0;
        foreach (LogTarget target in targets) count = Math.Max(count, target.Number + 1);
        places = new LogTarget?[count];
        notBefore = new long[count];
        for (int i = 0; i < count; i++) notBefore[i] = long.MinValue;
        foreach (LogTarget target in targets) places[target.Number] ??= target;
    }

    /// <summary>Every target that the configuration names: the process's and the proxies'.</summary>
    public static LogTarget[] TargetsOf(CompiledConfiguration configuration)
    {
        List<LogTarget> targets = [.. configuration.Globals.LogTargets];
        foreach (Proxy proxy in configuration.Proxies) targets.AddRange(proxy.LogTargets);
        targets.AddRange(configuration.LaterLogTargets);
        return [.. targets];
    }

    /// <summary>Opens what has no socket, before the first line.</summary>
    public void OpenAll(LogBatch batch, long nowNanoseconds)
    {
        for (uint place = 0; place < places.Length; place++)
        {
            if (batch.Descriptor(place) < 0) TryOpen(batch, place, nowNanoseconds);
        }
    }

    /// <summary>Opens what the batch asks for, each target at most once in a pause.</summary>
    public void Reopen(LogBatch batch, long nowNanoseconds)
    {
        batch.ClearAnyWantsOpening();
        for (uint place = 0; place < places.Length; place++)
        {
            if (batch.WantsOpening(place) && nowNanoseconds >= notBefore[place])
                TryOpen(batch, place, nowNanoseconds);
        }
    }

    /// <summary>Closes the sockets; descriptors that were given to us stay open.</summary>
    public void Close(LogBatch batch)
    {
        for (uint place = 0; place < places.Length; place++)
        {
            if (places[place] is { Kind: not LogTargetKind.Descriptor } && batch.Descriptor(place) >= 0)
            {
                Sockets.Close(batch.Descriptor(place));
                batch.SetDescriptor(place, -1);
            }
        }
    }

    private void TryOpen(LogBatch batch, uint place, long nowNanoseconds)
    {
        if (places[place] is not { Kind: not LogTargetKind.Descriptor } target) return;
        notBefore[place] = nowNanoseconds + PauseNanoseconds;
        int fd = Open(target);
        int old = batch.Descriptor(place);
        // The old socket may only have been full: it stays until there is another.
        if (fd < 0 && old >= 0) return;
        if (old >= 0) Sockets.Close(old);
        batch.SetDescriptor(place, fd < 0 ? -1 : fd);
    }

    /// <summary>A connected socket, or a negated errno.</summary>
    private static int Open(LogTarget target)
    {
        if (target.Kind == LogTargetKind.Udp)
        {
            SocketAddress address = target.Address;
            return DatagramSocket.Open(&address);
        }
        string name = target.Path ?? "";
        bool isAbstract = name.StartsWith('\0');
        byte[] path = UnixSocketAddress.BytesOf(isAbstract ? name[1..] : name, isAbstract);
        if (path.Length == 0 || (!isAbstract && path.Length >= UnixSocketAddress.PathMax)) return -Errno.Invalid;
        UnixSocketAddress place = new(path);
        return DatagramSocket.Open(&place.Address);
    }
}
