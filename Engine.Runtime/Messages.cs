using System;
using System.Globalization;
using System.Text;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime;

/// <summary>
/// Messages of the process on standard error, in the shape that operators' tools know:
/// <c>[ALERT]    (pid) : text</c>. Written with one call each, so that lines of several processes do not mix.
/// </summary>
public static class Messages
{
    /// <summary><c>-q</c>: nothing is shown but alerts.</summary>
    public static bool Quiet { get; set; }

    public static void Alert(string text) => Write("[ALERT]    ", text);

    public static void Warning(string text)
    {
        if (!Quiet) Write("[WARNING]  ", text);
    }

    public static void Notice(string text)
    {
        if (!Quiet) Write("[NOTICE]   ", text);
    }

    private static unsafe void Write(string level, string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{level}({Environment.ProcessId}) : {text}\n");
        byte[] bytes = Encoding.Latin1.GetBytes(line);
        fixed (byte* start = bytes) Libc.Write(2, start, (nuint)bytes.Length);
    }
}
