using Engine.Data.Logs;

namespace Engine.Data.Rules;

/// <summary>A <c>use-server</c> line.</summary>
public sealed class ServerRule
{
    public required Condition Condition;

    /// <summary>Number of the server, where <see cref="Name"/> is null.</summary>
    public int Server = -1;

    /// <summary>Makes the server's name from the request; null for a fixed one.</summary>
    public LogProgram? Name;
}
