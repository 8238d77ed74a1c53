using Engine.Data.Connections;
using Engine.Data.Messages;

namespace Engine.Data.Rules;

/// <summary>The outcome of a rule program on one message. Edits were made on the message's index.</summary>
public struct RuleVerdict
{
    public RuleVerdictKind Kind;

    /// <summary>Deny, Answer, Failed: the status that is answered.</summary>
    public ushort Status;

    /// <summary>
    /// Answer and Deny: the start line and fields with the final empty line, in scratch or a literal. Empty: the
    /// proxy's error reply for the status, unless <see cref="Verbatim"/> says that nothing is sent.
    /// </summary>
    public ByteView ReplyHead;

    /// <summary>The body that belongs to <see cref="ReplyHead"/>; not sent in answer to HEAD.</summary>
    public ByteView ReplyBody;

    /// <summary>The answer is that of an empty file: close without a word.</summary>
    public bool Verbatim;

    /// <summary>Answer: the client failed to say who it is, which counts as an error of its own.</summary>
    public bool IsClientError;

    /// <summary>The connection must close after the reply.</summary>
    public bool Close;

    /// <summary>What the connection must begin with (<c>expect-proxy</c>).</summary>
    public PreambleKind Expects;

    /// <summary>Deny: of a request that was held (<c>tarpit</c>), which the termination state tells.</summary>
    public bool IsTarpit;

    /// <summary>Reject: the client is not told (<c>silent-drop</c>).</summary>
    public bool IsSilent;

    /// <summary>Silent: hops that the reset lives for; 0: no reset that can be avoided.</summary>
    public byte ResetHops;

    /// <summary>Wait: an action waits, which is carried out again without asking its condition.</summary>
    public bool ByAction;

    /// <summary>Wait by an action: milliseconds at most; 0 for ever.</summary>
    public uint WaitMs;

    /// <summary>Wait: the step to go on with when more of the message is there.</summary>
    public int NextStep;
}
