using Engine.Data.Logs;
using Engine.Data.Samples;

namespace Engine.Data.Registries;

/// <summary>An alias of log formats, without its percent sign: <c>ci</c> (manual section 8.2.6).</summary>
public sealed unsafe class LogAlias(
    string word,
    string usage,
    delegate*<ref Evaluation, in LogStep, System.Span<byte>, int> write) : Row(word, usage)
{
    /// <summary>Writes the value; answers the bytes written, or -1 when the line is full.</summary>
    public delegate*<ref Evaluation, in LogStep, System.Span<byte>, int> Write { get; } = write;

    /// <summary>Tells our address towards the server.</summary>
    public bool ReadsServerSource { get; init; }

    /// <summary>What it writes.</summary>
    public LogValueKind Kind { get; init; }

    /// <summary>Tells the number of the request or of the line: they are counted then.</summary>
    public bool TellsNumber { get; init; }

    /// <summary>Only meaningful in <c>mode http</c>.</summary>
    public bool HttpOnly { get; init; }
}
