using Engine.Data.Messages;

namespace Engine.Data.Rules;

/// <summary>The outcome of a rule program on one message. Edits were made on the message's index.</summary>
public struct RuleVerdict
{
    public RuleVerdictKind Kind;
    public ushort Status;

    /// <summary>Answer: the start line and fields with the final empty line, in scratch or a literal.</summary>
    public ByteView ReplyHead;

    /// <summary>Answer: the body, not sent for HEAD.</summary>
    public ByteView ReplyBody;

    /// <summary>Answer: the connection must close after (redirects and returns keep it alive).</summary>
    public bool Close;
}
