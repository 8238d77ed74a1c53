using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;

namespace Engine.Systems.Logs;

/// <summary>What stands for the stream in the line of a client's connection that has none.</summary>
internal static unsafe class SessionStream
{
    /// <param name="scope">That of the connection.</param>
    /// <param name="stream">A stream that nothing happened to.</param>
    /// <param name="log">Its log: it ends with what is going on.</param>
    public static void Make(in Evaluation scope, out Stream stream, out StreamLog log)
    {
        stream = new Stream { Server = Table.NoRow, Backend = -1, ServerNumber = -1, FailedServer = -1 };
        stream.Frontend = scope.Frontend.Number;
        long accepted = scope.Client->AcceptedWallMicroseconds;
        log = new StreamLog
        {
            AcceptedWallMicroseconds = accepted,
            RequestWallMicroseconds = accepted,
            StartedNanoseconds = scope.NowNanoseconds,
            FirstByteNanoseconds = scope.NowNanoseconds,
            EndedNanoseconds = scope.NowNanoseconds,
            EndCause = (byte)'P',
            EndState = (byte)'R',
        };
    }
}
