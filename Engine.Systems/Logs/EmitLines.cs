using System;
using System.Threading;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;

namespace Engine.Systems.Logs;

/// <summary>Writes the lines of one step into the thread's batch, one for each target of the frontend.</summary>
internal static unsafe class EmitLines
{
    /// <param name="scope">With the stream, its log and where lines go.</param>
    /// <param name="origin">The step.</param>
    /// <param name="format">The frontend's format; null: it has none, and only profiles bring one.</param>
    /// <param name="level">0 (emerg) to 7 (debug).</param>
    /// <param name="chosen">The profile that counts instead of the targets' own.</param>
    public static void Run(
        ref Evaluation scope, LogOrigin origin, LogProgram? format, int level, LogProfile? chosen = null)
    {
        ref StreamLog log = ref *scope.Log;
        log.Origin = origin;
        ReadCounts(scope.Shared!, ref *scope.Stream, ref log, origin);
        if (scope.Configuration.Globals.TellsNumbers)
            log.LogNumber = Interlocked.Increment(ref scope.Shared!.Proxy(scope.Stream->Frontend).LogLines) - 1;
        foreach (LogTarget target in scope.Frontend.LogTargets)
            Write(ref scope, target, chosen ?? target.Profile, format, level);
    }

    private static void Write(
        ref Evaluation scope, LogTarget target, LogProfile? profile, LogProgram? format, int level)
    {
        LogProgram? data = scope.Frontend.StructuredData;
        if (profile?.Of(scope.Log->Origin) is { } step)
        {
            if (step.Drop) return;
            format = step.Format ?? format;
            data = step.StructuredData ?? data;
        }
        if (format is null || level > target.LevelMax || target.Sample is { } sample && !sample.Takes()) return;
        if (level < target.LevelMin) level = target.LevelMin;
        if (!scope.LogBatch!.TryBegin(target, out Span<byte> space)) return;
        LogSender sender = scope.LogSenders![scope.Frontend.Number];
        Span<byte> line = space[..^1]; // the last byte is for the line's end
        int length = WriteLogHeader.Run(target, level, scope.WallMicroseconds, sender, scope.Dates, line, profile);
        if (target.Format == LogLineFormat.Rfc5424 && data is not null)
            length = PutData(ref scope, data, line, length);
        length += WriteLogLine.Run(ref scope, format, line[length..]);
        space[length++] = (byte)'\n';
        scope.LogBatch!.Commit(target, length);
    }

    /// <summary>
    /// RFC 5424 section 6.3: structured data stand where the header ends with a dash and a space. A piece of them could
    /// not be read, so what does not fit leaves the dash.
    /// </summary>
    private static int PutData(ref Evaluation scope, LogProgram data, Span<byte> line, int length)
    {
        if (length < 2) return length;
        Span<byte> room = line[(length - 2)..];
        if (WriteLogLine.TryRun(ref scope, data, room, out int written) && written < room.Length)
        {
            room[written] = (byte)' ';
            return length - 1 + written;
        }
        "- "u8.CopyTo(room);
        return length;
    }

    /// <summary>
    /// The counts when the line is written (manual section 8.2.3). A stream that is over has left its backend and server;
    /// one that goes on, as with <c>option logasap</c>, counts.
    /// </summary>
    private static void ReadCounts(SharedWorld shared, ref Stream stream, ref StreamLog log, LogOrigin origin)
    {
        bool isOver = origin is LogOrigin.Close or LogOrigin.SessionError or LogOrigin.Unspecified;
        int left = isOver ? 1 : 0;
        log.ActiveConnections = Volatile.Read(ref shared.Process.Connections);
        log.FrontendConnections = Volatile.Read(ref shared.Proxy(stream.Frontend).FrontendConnections);
        if (stream.Backend >= 0)
            log.BackendConnections = Volatile.Read(ref shared.Proxy(stream.Backend).BackendConnections) - left;
        int held = (stream.Flags & StreamFlags.HoldsServerSlot) != 0 ? left : 0;
        if (stream.ServerNumber >= 0)
            log.ServerConnections = Volatile.Read(ref shared.Server(stream.ServerNumber).Served) - held;
        if (log.BackendConnections < 0) log.BackendConnections = 0;
        if (log.ServerConnections < 0) log.ServerConnections = 0;
    }
}
