using Engine.Data.Kernel;

namespace Engine.Data.Logs;

/// <summary>A <c>log</c> line: where lines go and in which dress.</summary>
public sealed class LogTarget
{
    /// <summary>Targets that are the same place share a number, and so a socket: index in the workers' log table.</summary>
    public int Number;

    public LogTargetKind Kind;

    /// <summary>Udp: where to.</summary>
    public SocketAddress Address;

    /// <summary>Unix: path of the datagram socket; an abstract one starts with NUL.</summary>
    public string? Path;

    /// <summary>Descriptor: 1 stdout, 2 stderr, or <c>fd@n</c>.</summary>
    public int Fd = -1;

    public LogLineFormat Format;

    /// <summary><c>len</c>: bytes of a line at most, its end included; default 1024.</summary>
    public int LengthMax = 1024;

    /// <summary>Syslog facility 0 to 23.</summary>
    public int Facility;

    /// <summary>Levels 0 (emerg) to 7 (debug): more detailed lines than this are not sent.</summary>
    public int LevelMax = 7;

    /// <summary>Lines more severe than this are sent as this.</summary>
    public int LevelMin;

    /// <summary><c>sample</c>: only some of the lines go there; null: all.</summary>
    public LogSample? Sample;

    /// <summary><c>profile</c>: how its lines look, by name until it is found.</summary>
    public string? ProfileName;

    public LogProfile? Profile;

    /// <summary><c>log global</c> copies these, so a message can name the line.</summary>
    public string File = "";

    public int Line;
}
