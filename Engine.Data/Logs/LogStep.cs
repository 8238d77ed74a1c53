using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Data.Logs;

/// <summary>One item of a log format: literal text, an alias (%ci) or a sample (%[src]).</summary>
public unsafe struct LogStep
{
    /// <summary>Writes into the line; answers the bytes written, or -1 when the line is full.</summary>
    public delegate*<ref Evaluation, in LogStep, System.Span<byte>, int> Write;

    /// <summary>Literal text.</summary>
    public ByteView Literal;

    public SampleExpression? Expression;
    public LogStepFlags Flags;
}
