using Engine.Data.Logs;

namespace Engine.Data.Rules;

/// <summary>A <c>use_backend</c> line.</summary>
public sealed class SwitchingRule
{
    /// <summary>Null: always.</summary>
    public Condition? Condition;

    /// <summary>Number of the backend, where <see cref="Name"/> is null.</summary>
    public int Backend;

    /// <summary>Makes the backend's name from the request; null for a fixed one.</summary>
    public LogProgram? Name;

    public string File = "";
    public int Line;
}
