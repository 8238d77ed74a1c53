namespace Engine.Data.Health;

/// <summary>What a check does: connects, sends, expects (manual section 4.2, <c>tcp-check</c> and <c>http-check</c>).</summary>
public sealed class CheckProgram(CheckKind kind, CheckStep[] steps)
{
    /// <summary>A check without words: the connection says all.</summary>
    public static readonly CheckProgram ConnectOnly = new(CheckKind.Connection, [new CheckStep { IsDefault = true }]);

    public CheckKind Kind { get; } = kind;

    public CheckStep[] Steps { get; } = steps;

    /// <summary><c>http-check disable-on-404</c>.</summary>
    public bool DisablesOn404 { get; init; }

    /// <summary><c>http-check send-state</c>.</summary>
    public bool SendsState { get; init; }

    /// <summary><c>external-check command</c> and <c>external-check path</c>.</summary>
    public string? Command { get; init; }

    public string? CommandPath { get; init; }
}
