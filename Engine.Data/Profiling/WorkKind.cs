namespace Engine.Data.Profiling;

/// <summary>
/// What a row was listed for, and by what. The names are those of the phases of the tick, and what operators see.
/// </summary>
public enum WorkKind : byte
{
    /// <summary>No phase that drains a list: completions, timers, messages.</summary>
    Kernel = 0,

    DemuxFrames,
    ParseHeads,
    EvaluateRules,
    PickServers,
    ConnectServers,
    EvaluateResponseRules,
    ForwardBodies,
    SendBytes,
    EndStreams,
}
