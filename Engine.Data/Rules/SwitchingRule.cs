namespace Engine.Data.Rules;

/// <summary>A <c>use_backend</c> line.</summary>
public sealed class SwitchingRule
{
    /// <summary>Null: always.</summary>
    public Condition? Condition;

    /// <summary>Number of the backend.</summary>
    public int Backend;

    public string File = "";
    public int Line;
}
