using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Data.Logs;

/// <summary>One item of a format: literal text, an alias (%ci) or a sample (%[src]).</summary>
public unsafe struct LogStep
{
    /// <summary>
    /// Writes into the line; answers the bytes written, or -1 when they do not fit. Null: <see cref="Literal"/> is
    /// copied.
    /// </summary>
    public delegate*<ref Evaluation, in LogStep, System.Span<byte>, int> Write;

    public LogStepFlags Flags;

    /// <summary>
    /// Literal text. In log lines its inner spaces are merged already; a leading one is left out at run time when the
    /// text before ends with a space.
    /// </summary>
    public ByteView Literal;

    public SampleExpression? Expression;

    /// <summary>An item that is written in JSON or CBOR.</summary>
    public EncodedItem? Encoded;
}
