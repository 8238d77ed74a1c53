using System;

namespace Engine.Data.Configuration;

/// <summary>HTTP/2 as the <c>global</c> section has it (<c>tune.h2.*</c>, manual section 3.2).</summary>
public sealed class Http2Settings
{
    private const int ReceiveBufferDefault = 1600 * 1024;

    public readonly Http2Side Frontend = new();
    public readonly Http2Side Backend = new();

    /// <summary><c>tune.h2.header-table-size</c>, bytes.</summary>
    public int HeaderTableSize = 4096;

    /// <summary><c>tune.h2.initial-window-size</c>, bytes; 0: <c>tune.bufsize</c>.</summary>
    public int InitialWindow;

    /// <summary><c>tune.h2.max-concurrent-streams</c>.</summary>
    public int StreamsMax = 100;

    /// <summary><c>tune.h2.log-errors</c>.</summary>
    public Http2LogErrors LogErrors;

    /// <summary><c>h2-workaround-bogus-websocket-clients</c>: clients are not told that WebSockets may come.</summary>
    public bool HidesWebSockets;

    /// <summary>
    /// Streams wait for their turn behind all that their thread received, rather than run right after their frames were
    /// read (engine.ini, <c>[http2] streams-first = off</c>).
    /// </summary>
    public bool StreamsInTurn;

    public int StreamsMaxOf(Http2Side side) => side.StreamsMax > 0 ? side.StreamsMax : StreamsMax;

    public int WindowOf(Http2Side side, int bufferSize)
    {
        int window = side.InitialWindow > 0 ? side.InitialWindow : InitialWindow;
        return window > 0 ? window : bufferSize;
    }

    /// <summary>One buffer for each stream at least.</summary>
    public int ReceiveBufferOf(Http2Side side, int bufferSize)
    {
        long wanted = side.ReceiveBuffer > 0 ? side.ReceiveBuffer : ReceiveBufferDefault;
        return (int)Math.Min(Math.Max(wanted, (long)StreamsMaxOf(side) * bufferSize), int.MaxValue / 2);
    }
}
