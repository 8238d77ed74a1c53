using System;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Systems.Rules;

/// <summary>
/// Evaluates a format into the scratch area. The text may take half of what is free; the samples in it use the other
/// half while it is made.
/// </summary>
internal static unsafe class MakeText
{
    /// <summary>False when it does not fit. A format without items is not copied.</summary>
    public static bool TryRun(ref Evaluation scope, LogProgram program, out ByteView text)
    {
        text = default;
        if (program.Steps.Length == 0) return true;
        if (program.Steps.Length == 1 && program.Steps[0].Write == null)
        {
            text = program.Steps[0].Literal;
            return true;
        }
        Span<byte> free = scope.Scratch.Free;
        int half = free.Length / 2;
        Scratch whole = scope.Scratch;
        fixed (byte* start = free)
        {
            scope.Scratch = new Scratch(start + half, free.Length - half);
        }
        bool fits = WriteLogLine.TryRun(ref scope, program, free[..half], out int length);
        scope.Scratch = whole;
        if (!fits) return false;
        text = scope.Scratch.Commit(length);
        return true;
    }
}
