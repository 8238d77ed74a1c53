using System.Runtime.CompilerServices;

namespace Benchmarks.Simulation;

/// <summary>Text of a trace line that is only put together when somebody wants it.</summary>
[InterpolatedStringHandler]
internal ref struct TraceText
{
    private DefaultInterpolatedStringHandler text;

    public TraceText(int literalLength, int formattedCount, Trace trace, out bool isWanted)
    {
        isWanted = trace.Capacity > 0;
        text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public string ToText() => text.ToStringAndClear();
}
