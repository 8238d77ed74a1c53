using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tls;

namespace Engine.Data.Configuration;

/// <summary>One listening address of a frontend: a <c>bind</c> line with a port range gives several.</summary>
public sealed class Listener
{
    /// <summary>Index in <see cref="CompiledConfiguration.Listeners"/>.</summary>
    public int Number;

    /// <summary>Number of its frontend.</summary>
    public int Frontend;

    /// <summary><c>name</c>, empty when not given.</summary>
    public string Name = "";

    /// <summary><c>id</c>, or counted from 1 in its proxy.</summary>
    public int Id;

    public SocketAddress Address;

    /// <summary>Unix socket path, or the name of an abstract socket when <see cref="Abstract"/>; null for IP.</summary>
    public string? Path;

    public bool Abstract;

    /// <summary>An abstract name is as long as it is written (<c>abnsz@</c>).</summary>
    public bool IsExactName;

    /// <summary><c>mptcp@</c>.</summary>
    public bool Multipath;

    /// <summary><c>namespace</c>: its descriptor; 0: the process's.</summary>
    public int Namespace;

    /// <summary><c>tcp-md5sig</c>: what segments are signed with; null: they are not.</summary>
    public string? SigningKey;

    /// <summary>A descriptor inherited from the parent (<c>fd@</c>), -1 when it is to be opened.</summary>
    public int InheritedFd = -1;

    /// <summary><c>maxconn</c>; 0: none of its own.</summary>
    public int MaxConnections;

    /// <summary><c>backlog</c>; 0: the frontend's, else its maxconn.</summary>
    public int Backlog;

    /// <summary><c>proto</c>, or <see cref="WireProtocol.Unset"/>.</summary>
    public WireProtocol Protocol;

    public bool V4V6;
    public bool V6Only;
    public bool Transparent;

    /// <summary><c>defer-accept</c>.</summary>
    public bool DeferAccept;

    /// <summary><c>tfo</c>.</summary>
    public bool FastOpen;

    /// <summary><c>tcp-ss</c>: 1 keeps the headers of IP and TCP of a connection's first packet, 2 that of the link too.</summary>
    public int SavesSyn;

    /// <summary><c>cc</c>: the algorithm of congestion control; null: the system's.</summary>
    public string? Congestion;

    /// <summary><c>thread</c>, as it was read; null: not given.</summary>
    public ThreadSet? WantedThreads;

    /// <summary>Which threads accept; null: all.</summary>
    public bool[]? Threads;

    /// <summary><c>shards</c>: sockets that the threads share out; 0: not given, one each.</summary>
    public int Shards;

    /// <summary><c>guid-prefix</c>; null: not given.</summary>
    public string? GuidPrefix;

    /// <summary>What its prefix gives it; null: nothing.</summary>
    public string? Guid;

    /// <summary><c>interface</c>, null when not given.</summary>
    public string? Interface;

    /// <summary><c>mode</c>, octal; -1 when not given. <c>uid</c>, <c>gid</c> likewise.</summary>
    public int UnixMode = -1;

    public int UnixUid = -1;
    public int UnixGid = -1;

    /// <summary><c>mss</c>; 0: the system's.</summary>
    public int MaximumSegment;

    /// <summary><c>tcp-ut</c>, milliseconds; 0: the system's.</summary>
    public int UserTimeoutMs;

    /// <summary><c>accept-proxy</c>, <c>accept-netscaler-cip</c>.</summary>
    public PreambleKind Preamble;

    /// <summary>The magic number of <c>accept-netscaler-cip</c>.</summary>
    public uint NetScalerMagic;

    /// <summary><c>ssl</c>; null: in the clear.</summary>
    public TlsBind? Tls;

    /// <summary>What the configuration called it, for messages: <c>127.0.0.1:80</c>.</summary>
    public string Text = "";

    /// <summary>All addresses of its <c>bind</c> line, as written.</summary>
    public string BindText = "";

    public string File = "";
    public int Line;

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public Listener Copy() => (Listener)MemberwiseClone();
}
