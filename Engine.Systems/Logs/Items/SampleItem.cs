using System;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>A sample expression in a format: <c>%[src]</c>.</summary>
internal static class SampleItem
{
    public static int Write(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        int mark = scope.Scratch.Used;
        Sample sample = default;
        bool found = EvaluateExpression.Run(ref scope, step.Expression!, ref sample) && IsText(ref scope, ref sample, step.Flags);
        bool log = (step.Flags & LogStepFlags.Log) != 0;
        int written;
        if (!found || (log && sample.Bytes.IsEmpty)) written = log ? LogText.Missing(line, step.Flags) : 0;
        else written = LogText.Sample(line, sample.Bytes.Span, step.Flags);
        scope.Scratch.Rewind(mark);
        return written;
    }

    /// <summary>With +bin bytes stay as they are; otherwise a block ends at its first zero byte.</summary>
    private static bool IsText(ref Evaluation scope, ref Sample sample, LogStepFlags flags) =>
        ((flags & LogStepFlags.Raw) != 0 && sample.Type == SampleType.Binary)
        || CastSample.Run(ref scope, ref sample, SampleType.String);
}
