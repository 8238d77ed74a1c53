namespace Engine.Data.Rules;

/// <summary>What a rule program decided.</summary>
public enum RuleVerdictKind : byte
{
    /// <summary>Nothing stands against going on (also after <c>allow</c>).</summary>
    Continue = 0,

    /// <summary>Refuse with <see cref="RuleVerdict.Status"/> and the proxy's error reply.</summary>
    Deny,

    /// <summary>Answer with <see cref="RuleVerdict.ReplyHead"/> and <see cref="RuleVerdict.ReplyBody"/>.</summary>
    Answer,

    /// <summary>Close without a word.</summary>
    Reject,

    /// <summary>A rule could not be carried out (out of room for a header, ...): answer 500 or the given status.</summary>
    Failed,
}
