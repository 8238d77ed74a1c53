using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// The background half of <c>-D</c>: present in a process that <see cref="DaemonLauncher"/> started. Whoever
/// ends such a process before <see cref="Ready"/> need do nothing more: the launcher sees the pipe close.
/// </summary>
public sealed unsafe class DaemonRole
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x8_0000;
    private const int GetDescriptorFlags = 1;
    private const int SetDescriptorFlags = 2;
    private const string DescriptorDirectory = "/proc/self/fd";

    private readonly int nowhere;
    private readonly int[] terminal;
    private int pipe;

    private DaemonRole(int pipe, int nowhere, int[] terminal)
    {
        this.pipe = pipe;
        this.nowhere = nowhere;
        this.terminal = terminal;
    }

    /// <summary>
    /// The role this process was started in, null for none. To be called first of all, so that nothing else
    /// sees the variable that carries it.
    /// </summary>
    public static DaemonRole? Take()
    {
        string? text = Environment.GetEnvironmentVariable(DaemonVariables.Launcher);
        if (text is null) return null;
        Environment.SetEnvironmentVariable(DaemonVariables.Launcher, null);
        if (!TryParse(text, ProcessCalls.ParentProcess(), out int fd)) return null;
        // Whatever we may start later is not the one to say that we are ready.
        if (ProcessCalls.Control(fd, SetDescriptorFlags, 1) != 0) return null;
        // Found and opened now: in a chroot there is neither /proc nor /dev.
        int nowhere;
        fixed (byte* path = "/dev/null\0"u8) nowhere = ProcessCalls.Open(path, ReadWrite | CloseOnExec, 0);
        return new DaemonRole(fd, nowhere, StandardDescriptors());
    }

    /// <summary>
    /// Leaves the terminal and tells the launcher. To be called once everything that may fail is done:
    /// sockets bound, pid written, privileges dropped, threads started.
    /// </summary>
    public void Ready()
    {
        if (pipe < 0) return;
        foreach (int fd in terminal)
        {
            if (nowhere >= 0) _ = ProcessCalls.Duplicate(nowhere, fd);
        }
        if (nowhere > 2) _ = ProcessCalls.Close(nowhere);
        byte word = (byte)'R';
        _ = ProcessCalls.Write(pipe, &word, 1);
        _ = ProcessCalls.Close(pipe);
        pipe = -1;
    }

    /// <summary>
    /// Standard input, output and error, and the copies that the runtime made of them when it started: as
    /// long as one of those is open, whoever reads our output waits for more. What was handed down to us is
    /// not close-on-exec, and stays.
    /// </summary>
    private static int[] StandardDescriptors()
    {
        List<int> result = [0, 1, 2];
        string?[] standard = [Target(0), Target(1), Target(2)];
        try
        {
            foreach (string entry in Directory.GetFileSystemEntries(DescriptorDirectory))
            {
                if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out int fd) && fd > 2
                    && ProcessCalls.Control(fd, GetDescriptorFlags, 0) == 1
                    && Target(fd) is { } target && Array.IndexOf(standard, target) >= 0)
                    result.Add(fd);
            }
        }
        catch (IOException)
        {
            // Without /proc the copies stay open.
        }
        return [.. result];
    }

    private static string? Target(int fd)
    {
        try
        {
            string entry = string.Create(CultureInfo.InvariantCulture, $"{DescriptorDirectory}/{fd}");
            return new FileInfo(entry).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads <c>pid:fd</c>; a variable left over from another process does not count.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, int parent, out int fd)
    {
        fd = -1;
        int colon = text.IndexOf(':');
        return colon > 0
            && int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && process == parent
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out fd)
            && fd > 2;
    }
}
