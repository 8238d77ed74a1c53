using System.Runtime.InteropServices;

namespace Engine.Data.Shared;

/// <summary>Process-wide counts that limits are made of; changed by atomics.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
public struct SharedProcess
{
    /// <summary>Open client connections.</summary>
    public int Connections;

    /// <summary>Open encrypted connections of both sides.</summary>
    public int TlsConnections;

    /// <summary>The second that <see cref="TlsAccepted"/> counts encrypted clients of (<c>maxsslrate</c>).</summary>
    public long TlsSecond;

    public int TlsAccepted;

    /// <summary>Requests ever begun; numbers them for %rt.</summary>
    public int Requests;

    /// <summary>Client connections and sessions of the last second, and how many may be; 0: no limit.</summary>
    public SharedRate ConnectionRate;

    public SharedRate SessionRate;

    public int ConnectionRateMax;

    public int SessionRateMax;

    /// <summary>1 once a soft stop was asked for.</summary>
    public int Stopping;

    /// <summary>Idle server connections over all threads.</summary>
    public int IdleServerConnections;

    /// <summary>Threads that still run.</summary>
    public int RunningThreads;
}
