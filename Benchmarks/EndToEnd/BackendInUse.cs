using System;
using System.IO;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Sees from a process's descriptors which kernel interface it uses, whatever it was told or says.
/// </summary>
public static class BackendInUse
{
    /// <summary>
    /// What is wrong with the back end of a subject's process; null when it is the one asked for.
    /// </summary>
    public static string? Fault(Subject subject, int process)
    {
        if (subject.Kind != SubjectKind.Sluice || subject.Backend == KernelBackend.Any) return null;
        KernelBackend found = Of(process);
        return found == subject.Backend ? null : $"it uses {found}, not {subject.Backend}";
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
