using System;
using Engine.Data.Logs;
using Engine.Data.Samples;

namespace Engine.Systems.Logs;

/// <summary>Runs a compiled format: for log lines, and for the texts that rules make.</summary>
public static unsafe class WriteLogLine
{
    /// <summary>Writes a log line, cut where the span ends; answers its bytes. There is no line end.</summary>
    public static int Run(ref Evaluation scope, LogProgram program, Span<byte> line)
    {
        int written = Write(ref scope, program, line);
        return written < 0 ? ~written : written;
    }

    /// <summary>Writes a text that must be whole: false when it does not fit.</summary>
    public static bool TryRun(ref Evaluation scope, LogProgram program, Span<byte> line, out int length)
    {
        length = Write(ref scope, program, line);
        return length >= 0;
    }

    private static int Write(ref Evaluation scope, LogProgram program, Span<byte> line)
    {
        if (program.Encoding != LogEncoding.None) return EncodeItem.WriteLine(ref scope, program, line);
        LogStep[] steps = program.Steps;
        bool merges = program.ForLogs;

        // Spaces at the start of a log line count as following one.
        bool behindSpace = merges;
        int at = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly LogStep step = ref steps[i];
            int written;
            if (step.Write == null)
            {
                ReadOnlySpan<byte> text = step.Literal.Span;
                if (behindSpace && text[0] == ' ') text = text[1..];
                written = LogText.Copy(line[at..], text);
                if (written > 0) behindSpace = merges && text[^1] == ' ';
            }
            else
            {
                written = step.Write(ref scope, in step, line[at..]);
                if (written > 0) behindSpace = false;
            }
            if (written < 0) return ~(at + ~written);
            at += written;
        }
        return at;
    }
}
