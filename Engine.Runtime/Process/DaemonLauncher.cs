using System;
using System.Globalization;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// The foreground half of <c>-D</c>: starts the same command line again as a session of its own, waits until
/// that one is ready or gone, and says so with its exit code. Until it is ready the child keeps our standard
/// error, so its messages appear where the operator looks.
/// </summary>
public static unsafe class DaemonLauncher
{
    private const int CloseOnExec = 0x8_0000;
    private const int SetDescriptorFlags = 2;

    /// <summary>Runs it all. 0: the daemon is ready; else the child's exit code, with a reason.</summary>
    /// <param name="failure">The text of an ALERT, null when there is nothing to say.</param>
    public static int Run(out string? failure)
    {
        failure = null;
        int* pipe = stackalloc int[2];
        if (!OwnImage.IsReadable || ProcessCalls.Pipe(pipe, CloseOnExec) != 0)
        {
            failure = "Cannot start the daemon: no /proc, or no descriptors left.";
            return 1;
        }
        // Only the child's end goes through the exec.
        _ = ProcessCalls.Control(pipe[1], SetDescriptorFlags, 0);
        string role = string.Create(
            CultureInfo.InvariantCulture, $"{DaemonVariables.Launcher}={Environment.ProcessId}:{pipe[1]}");
        OwnImage image = OwnImage.Read();
        byte[][] environment = image.EnvironmentWith(role);
        int child = SpawnedProcess.Start(OwnImage.Executable, image.Arguments, environment, newSession: true);
        _ = ProcessCalls.Close(pipe[1]);
        if (child < 0)
        {
            failure = $"Cannot start the daemon ({NativeText.OfError(-child)}).";
            return 1;
        }
        bool ready = IsReady(pipe[0]);
        _ = ProcessCalls.Close(pipe[0]);
        if (ready) return 0;
        int code = SpawnedProcess.WaitForEnd(child);
        string end = code > 128 ? "signal" : "Exit";
        failure = string.Create(
            CultureInfo.InvariantCulture, $"Process {child} exited with code {code} ({end})");
        return code == 0 ? 1 : code;
    }

    /// <summary>One byte comes when the child is ready; the end of the pipe when it is gone.</summary>
    private static bool IsReady(int fd)
    {
        byte word;
        nint count;
        do count = ProcessCalls.Read(fd, &word, 1);
        while (count < 0 && ProcessCalls.LastError == ErrorNumber.Interrupted);
        return count == 1;
    }
}
