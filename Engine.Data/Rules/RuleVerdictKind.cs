namespace Engine.Data.Rules;

/// <summary>What a rule program decided.</summary>
public enum RuleVerdictKind : byte
{
    /// <summary>Nothing stands against going on (also after <c>allow</c>).</summary>
    Continue = 0,

    /// <summary>Refuse with <see cref="RuleVerdict.Status"/>: a reply of its own, else the proxy's error reply.</summary>
    Deny,

    /// <summary>Answer with <see cref="RuleVerdict.ReplyHead"/> and <see cref="RuleVerdict.ReplyBody"/>.</summary>
    Answer,

    /// <summary>The exporter of the statistics answers.</summary>
    Service,

    /// <summary>Close without a word.</summary>
    Reject,

    /// <summary>A rule could not be carried out (out of room for a header, ...): answer the status.</summary>
    Failed,

    /// <summary>The client did not send in time what a rule waited for: 408.</summary>
    ClientTooLate,

    /// <summary>The server did not send in time what a rule waited for: 504.</summary>
    ServerTooLate,

    /// <summary>The client left while a rule waited for more of it.</summary>
    ClientGone,

    /// <summary>A condition waits for more of the message: run again from <see cref="RuleVerdict.NextStep"/>.</summary>
    Wait,
}
