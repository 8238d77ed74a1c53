using System;

namespace Engine.Runtime.Process;

/// <summary>
/// How many connections fit into the megabytes of <c>-m</c>: the reference's estimate with its own figures, so that a
/// file and a limit give the same <c>maxconn</c> here (management guide section 3).
/// </summary>
/// <param name="Megabytes"><c>-m</c>.</param>
/// <param name="BufferSize"><c>tune.bufsize</c>, bytes.</param>
/// <param name="LogUriLength"><c>tune.http.logurilen</c>, bytes.</param>
/// <param name="TlsSides">Of clients and servers, how many sides speak TLS: 0 to 2.</param>
/// <param name="TlsSessions"><c>tune.ssl.cachesize</c>.</param>
public readonly record struct MemoryBudget(int Megabytes, int BufferSize, int LogUriLength, int TlsSides, int TlsSessions)
{
    /// <summary>The share that connections may take: the rest is what the process is made of.</summary>
    private const double Usable = 0.97;

    /// <summary>Bytes of a stream and its two connections, beside buffers and the request line.</summary>
    private const int StreamBytes = 1920;

    /// <summary>Bytes of a TLS session, and of a handshake that is under way.</summary>
    private const int TlsSessionBytes = 16384;

    private const int TlsHandshakeBytes = 77824;

    private const int RememberedSessionBytes = 200;

    private double Bytes =>
        ((Megabytes * 1048576.0) - (TlsSides > 0 ? (double)RememberedSessionBytes * TlsSessions : 0)) * Usable;

    private int Each => (2 * BufferSize) + LogUriLength + StreamBytes;

    /// <summary>Connections, to two digits: it is an estimate.</summary>
    /// <param name="tlsMax"><c>maxsslconn</c>; 0: all of them may speak TLS.</param>
    public int Connections(int tlsMax)
    {
        double count = tlsMax > 0 && TlsSides > 0
            ? (Bytes - ((double)tlsMax * (TlsSessionBytes + TlsHandshakeBytes))) / Each
            : Bytes / (Each + (TlsSides * TlsSessionBytes) + (TlsSides > 0 ? TlsHandshakeBytes : 0));
        return Math.Max(RoundDown(count), DescriptorLimit.MaxConnectionsLeast);
    }

    /// <summary>TLS connections beside so many connections; 0 where nothing speaks TLS.</summary>
    public int TlsConnections(int connections)
    {
        double count = (Bytes - ((double)connections * Each)) / (TlsSessionBytes + TlsHandshakeBytes);
        return TlsSides == 0 ? 0 : (int)Math.Min(RoundDown(count), (long)TlsSides * connections);
    }

    /// <summary>Keeps two digits.</summary>
    public static int RoundDown(double value)
    {
        int whole = (int)Math.Clamp(value, 0, int.MaxValue);
        int unit = 1;
        while (whole / unit >= 100) unit *= 10;
        return whole / unit * unit;
    }
}
