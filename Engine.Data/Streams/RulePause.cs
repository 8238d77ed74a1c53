namespace Engine.Data.Streams;

/// <summary>
/// Where the rules of a stream wait for more of the message, by stream; meaningful while
/// <see cref="StreamFlags.RulesPaused"/> is set. 16 bytes.
/// </summary>
public struct RulePause
{
    /// <summary>The step to go on with.</summary>
    public int NextStep;

    /// <summary>Bytes of the head's scratch memory that hold what rules made of it so far.</summary>
    public int ScratchUsed;

    public RuleStage Stage;

    /// <summary>The time to wait is over: rules decide on what is there.</summary>
    public bool Expired;

    /// <summary>It is an action that waits, not a condition.</summary>
    public bool ByAction;

    /// <summary>The stream's timer was set for this wait.</summary>
    public bool Timed;

    /// <summary>A response that is there as a whole: its server owes nothing.</summary>
    public bool InputWhole;
}
