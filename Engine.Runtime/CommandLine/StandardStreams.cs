using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// Writes to standard output and error by system call: the console classes cost tens of milliseconds of start-up.
/// </summary>
public static unsafe partial class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;
    private const int Interrupted = 4;

    public static void WriteOutput(string text) => Write(Output, text);

    public static void WriteError(string text) => Write(Error, text);

    /// <summary>Each char is a byte, as in the configuration, unless one is beyond that: then UTF-8.</summary>
    private static void Write(int fd, string text)
    {
        bool isBytes = true;
        foreach (char c in text) isBytes &= c <= 0xFF;
        ReadOnlySpan<byte> rest = isBytes ? Narrow(text) : Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
        {
            nint written;
            fixed (byte* start = rest) written = WriteCall(fd, start, (nuint)rest.Length);
            if (written > 0) rest = rest[(int)written..];
            else if (Marshal.GetLastPInvokeError() != Interrupted) return;
        }
    }

    // The encoding's vectors would be compiled at each start, for a line or two.
    private static byte[] Narrow(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)text[i];
        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteCall(int fd, byte* bytes, nuint count);
}
