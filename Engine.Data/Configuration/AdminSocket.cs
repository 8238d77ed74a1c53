using Engine.Data.Kernel;

namespace Engine.Data.Configuration;

/// <summary>A <c>stats socket</c> line.</summary>
public sealed class AdminSocket
{
    public SocketAddress Address;
    public string? Path;
    public bool Abstract;
    public int InheritedFd = -1;

    /// <summary><c>mode</c>, octal; -1: by the umask.</summary>
    public int UnixMode = -1;

    public int UnixUid = -1;
    public int UnixGid = -1;

    /// <summary><c>expose-fd listeners</c>: its clients may have the listening sockets.</summary>
    public bool ExposesListeners;

    public AdminLevel Level = AdminLevel.Operator;

    /// <summary><c>severity-output</c>.</summary>
    public AdminSeverityOutput SeverityOutput;

    public string Text = "";
    public string File = "";
    public int Line;
}
