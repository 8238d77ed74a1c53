using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Data.Variables;

namespace Engine.Data.Health;

/// <summary><c>set-var</c>, <c>set-var-fmt</c> or <c>unset-var</c> of a script.</summary>
public sealed class CheckAssignment
{
    public VariableRef Variable { get; init; }

    /// <summary>What must hold, as <c>set-var</c> has it.</summary>
    public byte Conditions { get; init; }

    /// <summary>The value; both null: the variable is unset.</summary>
    public SampleExpression? Expression { get; init; }

    public LogProgram? Format { get; init; }
}
