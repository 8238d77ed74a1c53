using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Runtime.Kernel.Native;
using Engine.Systems.Logs;

namespace Engine.Runtime.Logging;

/// <summary>
/// Log lines about the process itself, as when a proxy stops: they go to the targets of the proxy at once,
/// from the thread that handles signals.
/// </summary>
public sealed unsafe class ProcessLog
{
    public const int LevelWarning = 4;
    public const int LevelNotice = 5;

    private const uint BytesMax = 64 * 1024;
    private const uint LinesMax = 64;

    private readonly CompiledConfiguration configuration;
    private readonly LogSender[] senders;
    private readonly LogSender globalSender;
    private readonly LogDates dates = new(TimeZoneInfo.Local);
    private readonly LogBatch batch;
    private readonly LogSockets sockets;
    private readonly OperationQueue operations = new(1024);

    /// <param name="configuration">Whose targets they go to.</param>
    /// <param name="senders">Who the lines of each proxy come from, by its number.</param>
    public ProcessLog(CompiledConfiguration configuration, LogSender[] senders)
    {
        this.configuration = configuration;
        this.senders = senders;
        globalSender = new LogSender { Tag = ByteView.Literal(configuration.Globals.LogTag) };
        if (senders.Length > 0)
        {
            globalSender.Pid = senders[0].Pid;
            globalSender.Hostname = senders[0].Hostname;
        }
        LogTarget[] targets = LogSockets.TargetsOf(configuration);
        uint bytes = BytesMax;
        foreach (LogTarget target in targets) bytes = Math.Max(bytes, (uint)target.LengthMax);
        batch = new LogBatch(targets, bytes, LinesMax);
        sockets = new LogSockets(targets);
        sockets.OpenAll(batch, Now());
    }

    /// <summary>Sends a line to the targets of a proxy.</summary>
    /// <param name="level">Syslog level, 0 (emerg) to 7 (debug).</param>
    public void Send(Proxy proxy, int level, string text) =>
        Send(proxy.LogTargets, senders[proxy.Number], level, text);

    /// <summary>Sends a line to the targets of the <c>global</c> section.</summary>
    public void SendGlobal(int level, string text) =>
        Send(configuration.Globals.LogTargets, globalSender, level, text);

    private void Send(LogTarget[] targets, LogSender sender, int level, string text)
    {
        if (targets.Length == 0) return;
        if (batch.AnyWantsOpening) sockets.Reopen(batch, Now());
        long wallMicroseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
        foreach (LogTarget target in targets)
        {
            if (level > target.LevelMax) continue;
            if (!batch.TryBegin(target, out Span<byte> space)) continue;
            int shown = Math.Max(level, target.LevelMin);
            Span<byte> line = space[..^1];
            int length = WriteLogHeader.Run(target, shown, wallMicroseconds, sender, dates, line);
            int count = Math.Min(text.Length, line.Length - length);
            length += Encoding.Latin1.GetBytes(text.AsSpan(0, count), line[length..]);
            space[length++] = (byte)'\n';
            batch.Commit(target, length);
        }
        batch.Flush(operations);
        foreach (ref Operation operation in operations.Items) Perform(operation);
        operations.Clear();
    }

    /// <summary>What a worker's kernel back end does with them; there is none on this thread.</summary>
    private static void Perform(in Operation operation)
    {
        void* data = operation.Data;
        if (operation.Kind == OperationKind.SendDatagrams)
            DatagramSender.Run(operation.Fd, (Datagram*)data, operation.Length);
        else
            *operation.Descriptor = DescriptorWriter.Run(operation.Fd, (byte*)data, operation.Length);
    }

    private static long Now() => Environment.TickCount64 * 1_000_000;
}
