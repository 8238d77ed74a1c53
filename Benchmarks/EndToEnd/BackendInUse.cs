using System;
using System.IO;
using System.Runtime.InteropServices;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Sees from a process's descriptors which kernel interface it uses, whatever it was told or says.
/// </summary>
public static class BackendInUse
{
    private const nint IoUringSetup = 425;

    /// <summary>
    /// What is wrong with the back end of a subject's process; null when it is the one asked for.
    /// </summary>
    public static string? Fault(Subject subject, int process)
    {
        if (subject.Kind != SubjectKind.Sluice || subject.Backend == KernelBackend.Any) return null;
        KernelBackend found = Of(process);
        return found == subject.Backend ? null : $"it uses {found}, not {subject.Backend}";
    }

    /// <summary>Whether this kernel and its settings let a process have a ring.</summary>
    public static unsafe bool IsIoUringAllowed()
    {
        // Without parameters the call cannot succeed: EFAULT says that it got as far as to read them.
        _ = LibC.SystemCall(IoUringSetup, 1, null);
        return Marshal.GetLastPInvokeError() == LibC.BadAddress;
    }

    /// <summary>IoUring when the process holds a ring, else Epoll.</summary>
    public static KernelBackend Of(int process)
    {
        foreach (string descriptor in Directory.EnumerateFileSystemEntries($"/proc/{process}/fd"))
        {
            string? target = new FileInfo(descriptor).LinkTarget;
            if (target is not null && target.Contains("[io_uring]", StringComparison.Ordinal))
                return KernelBackend.IoUring;
        }

        return KernelBackend.Epoll;
    }
}
