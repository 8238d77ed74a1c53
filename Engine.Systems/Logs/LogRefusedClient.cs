using System;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Text;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;

namespace Engine.Systems.Logs;

/// <summary>
/// The line of a client that was refused before it could ask anything: <c>address:port [date] frontend/listener:
/// reason</c> (manual section 8.2.5).
/// </summary>
internal static unsafe class LogRefusedClient
{
    private const int LevelError = 3;
    private const int LevelInfo = 6;

    /// <summary>Address, port and date with what stands between them.</summary>
    private const int HeadMax = 96;

    /// <param name="world">The thread's world.</param>
    /// <param name="row">The client's connection.</param>
    /// <param name="connection">The same.</param>
    /// <param name="reason">What went wrong.</param>
    /// <param name="saidNothing">The client sent nothing wrong: <c>option dontlognull</c> holds the line back.</param>
    public static void Run(
        World world, uint row, ref Connection connection, ReadOnlySpan<byte> reason, bool saidNothing)
    {
        Listener listener = world.Configuration.Listeners[connection.Owner];
        Proxy frontend = world.Configuration.Proxies[listener.Frontend];
        if (frontend.LogTargets.Length == 0 || frontend.LogFormat == null) return;
        if (saidNothing && (frontend.Options & ProxyOptions.DontLogNull) != 0) return;
        int level = (frontend.Options & ProxyOptions.LogSeparateErrors) != 0 ? LevelError : LevelInfo;
        foreach (LogTarget target in frontend.LogTargets)
        {
            LogProfileStep? step = target.Profile?.Of(LogOrigin.SessionError);
            if (level > target.LevelMax || step is { Drop: true }) continue;
            if (!world.LogBatch.TryBegin(target, out Span<byte> space)) continue;
            Span<byte> line = space[..^1];
            LogSender sender = world.LogSenders[frontend.Number];
            int length = WriteLogHeader.Run(
                target, Math.Max(level, target.LevelMin), world.WallMicroseconds, sender, world.Dates, line);
            length += (step?.Format ?? frontend.ErrorLogFormat) is { } format
                ? WriteOwn(world, row, listener, format, line[length..])
                : Write(world, row, frontend, listener, reason, line[length..]);
            space[length++] = (byte)'\n';
            world.LogBatch.Commit(target, length);
        }
    }

    /// <summary><c>error-log-format</c>: there is no stream, and whatever tells of one is empty.</summary>
    private static int WriteOwn(
        World world, uint row, Listener listener, LogProgram format, Span<byte> line)
    {
        ref ClientFacts client = ref world.Client[row];
        StreamLog log = new()
        {
            AcceptedWallMicroseconds = client.AcceptedWallMicroseconds,
            RequestWallMicroseconds = client.AcceptedWallMicroseconds,
            EndedNanoseconds = world.NowNanoseconds,
            StartedNanoseconds = client.IdleSinceNanoseconds,
            EndCause = (byte)'P',
            EndState = (byte)'R',
            Origin = LogOrigin.SessionError,
            ActiveConnections = Volatile.Read(ref world.Shared.Process.Connections),
            FrontendConnections = Volatile.Read(ref world.Shared.Proxy(listener.Frontend).FrontendConnections),
        };
        Stream stream = new() { Client = row, Server = Table.NoRow, Backend = -1, ServerNumber = -1, FailedServer = -1 };
        stream.Frontend = listener.Frontend;
        BuildScope.OfConnection(world, row, listener, out Evaluation scope);
        scope.Log = &log;
        scope.Stream = &stream;
        return WriteLogLine.Run(ref scope, format, line);
    }

    private static int Write(
        World world, uint row, Proxy frontend, Listener listener, ReadOnlySpan<byte> reason, Span<byte> line)
    {
        ref ClientFacts client = ref world.Client[row];
        if (line.Length < HeadMax) return 0;
        int at = Address(line, client.Source);
        at += Add(line[at..], ":"u8);
        bool isUnix = client.Source.Family is not (AddressFamily.Inet or AddressFamily.Inet6);
        at += Math.Max(0, LogText.Number(line[at..], isUnix ? listener.Id : client.Source.Port));
        at += Add(line[at..], " ["u8);
        at += Math.Max(0, WriteLogDate.WithMilliseconds(world.Dates, client.AcceptedWallMicroseconds, line[at..]));
        at += Add(line[at..], "] "u8);
        at += Add(line[at..], frontend.NameBytes.Span);
        at += Add(line[at..], "/"u8);
        if (listener.Name.Length == 0) at += Math.Max(0, LogText.Number(line[at..], listener.Id));
        else if (listener.Name.Length <= line.Length - at) at += Encoding.Latin1.GetBytes(listener.Name, line[at..]);
        at += Add(line[at..], ": "u8);
        return at + Add(line[at..], reason);
    }

    private static int Address(Span<byte> line, in SocketAddress address) =>
        address.Family switch
        {
            AddressFamily.Inet => WriteAddress.Ipv4(line, address.AddressBytes),
            AddressFamily.Inet6 => WriteAddress.Ipv6(line, address.AddressBytes),
            _ => Add(line, "unix"u8),
        };

    private static int Add(Span<byte> line, ReadOnlySpan<byte> text)
    {
        int written = LogText.Copy(line, text);
        return written < 0 ? ~written : written;
    }
}
