using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Data.Configuration;

/// <summary>A <c>server</c> line, compiled. What changes at run time stands in the shared world's server table.</summary>
public sealed class Server
{
    /// <summary>Index in <see cref="CompiledConfiguration.Servers"/>.</summary>
    public int Number;

    /// <summary>Number of its backend.</summary>
    public int Backend;

    public string Name = "";

    /// <summary>The name as bytes, replaced as a whole when it changes, like <see cref="Cookie"/>.</summary>
    public ByteView NameBytes
    {
        get => Volatile.Read(ref nameBytes).Value;
        set => Volatile.Write(ref nameBytes, new SharedView(value));
    }

    private SharedView nameBytes = SharedView.None;

    /// <summary><c>id</c>, or counted from 1 in its proxy.</summary>
    public int Id;

    /// <summary>The id is the configuration's.</summary>
    public bool HasGivenId;

    /// <summary>The name that its address was looked up by; null where the address was given.</summary>
    public string? HostName;

    public SocketAddress Address;

    /// <summary>Unix socket path or abstract name; null for IP.</summary>
    public string? Path;

    public bool Abstract;

    /// <summary>An abstract name is as long as it is written (<c>abnsz@</c>).</summary>
    public bool IsExactName;

    /// <summary>No port was given: the client's destination port is used, plus <see cref="PortOffset"/>.</summary>
    public bool MapsPort;

    public int PortOffset;

    /// <summary>The address is any (<c>0.0.0.0</c>): the client's destination is used while it is.</summary>
    public bool MapsAddress;

    /// <summary>A connection's target is the client's destination, in part or in whole.</summary>
    public bool MapsTarget => MapsPort || MapsAddress;

    /// <summary><c>socks4</c>: the proxy that connections go through; family Unspecified: none.</summary>
    public SocketAddress Socks;

    /// <summary>0 to 256.</summary>
    public int Weight = 1;

    /// <summary><c>maxconn</c>; 0: no limit.</summary>
    public int MaxConnections;

    /// <summary><c>minconn</c>; 0: the limit does not follow the load.</summary>
    public int MinConnections;

    /// <summary><c>maxqueue</c>: requests that may wait for it alone; 0: no limit.</summary>
    public int MaxQueue;

    /// <summary><c>redir</c>: what stands before the target of those who are sent to it; empty: requests are forwarded.</summary>
    public ByteView RedirectPrefix;

    /// <summary><c>slowstart</c>, milliseconds; 0: it gets its whole share at once when it comes up.</summary>
    public uint SlowStartMs;

    /// <summary>
    /// <c>cookie</c>: the value that names it, empty when it has none. Behind one reference, so that a thread sees the
    /// old or the new one while it changes.
    /// </summary>
    public ByteView Cookie
    {
        get => Volatile.Read(ref cookie).Value;
        set => Volatile.Write(ref cookie, new SharedView(value));
    }

    private SharedView cookie = SharedView.None;

    /// <summary>Its cookie is made from its address and the backend's key (<c>cookie ... dynamic</c>).</summary>
    public bool HasDynamicCookie;

    public bool Backup;

    /// <summary><c>hash-key</c>.</summary>
    public ServerHashKey HashKey;

    /// <summary><c>guid</c>; null: none.</summary>
    public string? Guid;

    /// <summary>Where it is now, for <see cref="HashKey"/>; unspecified until it is moved.</summary>
    public SocketAddress MovedTo;

    /// <summary>A sample names it (<c>srv_conn(be/s1)</c>), so that it keeps its name and stays.</summary>
    public bool IsReferred;

    /// <summary>Came by the Runtime API, not from a file.</summary>
    public bool IsAdded;

    /// <summary>It was taken away by the Runtime API; its number may be given to another.</summary>
    public volatile bool IsRemoved;

    /// <summary>Its place in the tree of <c>leastconn</c>.</summary>
    public int LoadIndex;

    /// <summary>Its place in the <see cref="TurnOrder"/>.</summary>
    public int TurnPlace;

    /// <summary>Its place where servers with free slots are looked for, and where backups are.</summary>
    public int FreePlace;

    public int BackupPlace;

    /// <summary><c>non-stick</c>: no entry of a stick table learns it.</summary>
    public bool NonStick;

    /// <summary>Numbers of its name and of its address among the texts of stick tables; 0: not asked for yet.</summary>
    public uint StickName;

    public uint StickAddress;

    /// <summary>Starts in maintenance (<c>disabled</c>).</summary>
    public bool Disabled;

    /// <summary>Its name was not looked up, or not found: it is in maintenance until it has an address.</summary>
    public bool Unresolved;

    /// <summary><c>pool-max-conn</c>; -1: no limit, 0: no pool.</summary>
    public int PoolMaxConnections = -1;

    /// <summary><c>pool-purge-delay</c>, milliseconds; default 5000.</summary>
    public uint PoolPurgeDelayMs = 5000;

    public int PoolLowConnections;

    /// <summary><c>max-reuse</c>; -1: no limit.</summary>
    public int MaxReuse = -1;

    /// <summary><c>pool-conn-name</c>: what names its connections; null: the name that TLS asks it for.</summary>
    public SampleExpression? PoolName;

    /// <summary>A connection serves the requests of one name alone.</summary>
    public bool NamesConnections => PoolName is not null || Tls is { ForTraffic: true };

    /// <summary><c>proto</c>, or <see cref="WireProtocol.Unset"/>.</summary>
    public WireProtocol Protocol;

    /// <summary><c>ws</c>: what its WebSockets are spoken over; unset: what everything else is.</summary>
    public WireProtocol WebSockets;

    /// <summary><c>ws auto</c>, the default: what <c>alpn</c> offers decides.</summary>
    public bool WebSocketsByOffer = true;

    /// <summary><c>source</c>, its own or its backend's.</summary>
    public SourceSettings Source = SourceSettings.None;

    /// <summary><c>tfo</c>.</summary>
    public bool FastOpen;

    /// <summary><c>tcp-ut</c>, milliseconds; 0: the system's.</summary>
    public int UserTimeoutMs;

    /// <summary><c>cc</c>: the algorithm of congestion control; null: the system's.</summary>
    public string? Congestion;

    /// <summary><c>mptcp@</c>.</summary>
    public bool Multipath;

    /// <summary><c>namespace</c>: its descriptor; 0: the process's.</summary>
    public int Namespace;

    /// <summary><c>tcp-md5sig</c>: what segments are signed with; null: they are not.</summary>
    public string? SigningKey;

    /// <summary>What its sockets are opened with; null: as every one. See <see cref="PlanSocket"/>.</summary>
    public unsafe OutgoingSocket* Socket => socket == null ? null : (OutgoingSocket*)Unsafe.AsPointer(ref socket[0]);

    private OutgoingSocket[]? socket;

    /// <summary><c>send-proxy</c> and its like.</summary>
    public ProxyHeaderSettings ProxyHeader = ProxyHeaderSettings.None;
    /// <summary><c>check</c>: <see cref="Check"/> says how.</summary>
    public bool IsChecked;

    public CheckSettings Check = new();

    /// <summary><c>agent-check</c>: <see cref="Agent"/> says how.</summary>
    public bool HasAgent;

    public CheckSettings Agent = new() { Rise = 1, Fall = 1, InitialHealth = 1 };

    /// <summary><c>track</c>: number of the server whose state it follows, -1 for none.</summary>
    public int Tracks = -1;

    /// <summary>Those that follow it, the last first.</summary>
    public int[] TrackedBy = [];

    /// <summary><c>on-marked-down shutdown-sessions</c>.</summary>
    public bool ShutsSessionsWhenDown;

    /// <summary><c>on-marked-up shutdown-backup-sessions</c>.</summary>
    public bool ShutsBackupSessionsWhenUp;

    /// <summary><c>observe</c>.</summary>
    public ServerObservation Observes;

    /// <summary><c>error-limit</c>.</summary>
    public int ErrorLimit = 10;

    /// <summary><c>on-error</c>.</summary>
    public ErrorLimitAction OnErrorLimit = ErrorLimitAction.FailCheck;

    /// <summary><c>no-ssl</c> was said, and the Runtime API said nothing since.</summary>
    public bool RefusesTls;

    /// <summary><c>ssl</c>; null: in the clear.</summary>
    public TlsServer? Tls;

    public string File = "";
    public int Line;

    /// <summary>Keeps what its sockets are opened with, in memory that does not move.</summary>
    public void PlanSocket(in OutgoingSocket plan)
    {
        socket = GC.AllocateArray<OutgoingSocket>(1, pinned: true);
        socket[0] = plan;
    }

    /// <summary>What another server had before this one was copied from it is not its own.</summary>
    public void StartAnew()
    {
        TrackedBy = [];
        IsReferred = false;
        IsRemoved = false;
        StickName = 0;
        Tls = null;
    }

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public Server Copy()
    {
        Server copy = (Server)MemberwiseClone();
        copy.Check = Check.Copy();
        copy.Agent = Agent.Copy();
        return copy;
    }
}
