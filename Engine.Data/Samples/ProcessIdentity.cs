using System.Globalization;
using Engine.Data.Messages;

namespace Engine.Data.Samples;

/// <summary>What expressions and log lines can say about the process; made once at start.</summary>
public sealed class ProcessIdentity(int pid, string hostname, string node, long startedWallMicroseconds)
{
    /// <summary>A process that has no facts: tests, and checks of a configuration.</summary>
    public static readonly ProcessIdentity None = new(1, "localhost", "localhost", 0);

    public int Pid { get; } = pid;

    public ByteView PidText { get; } = ByteView.Literal(pid.ToString(CultureInfo.InvariantCulture));

    public ByteView Hostname { get; } = ByteView.Literal(hostname);

    /// <summary><c>node</c>, or the host's name.</summary>
    public ByteView Node { get; } = ByteView.Literal(node);

    public long StartedWallMicroseconds { get; } = startedWallMicroseconds;
}
