using System;
using System.Globalization;
using System.IO;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// RLIMIT_NOFILE and what follows from it: <c>maxconn</c> where it is not given, the limit to ask for where
/// it is (management guide section 5). A connection takes two descriptors, its client's and its server's.
/// </summary>
public static unsafe class DescriptorLimit
{
    /// <summary>Without any better figure, or where the limit is too low for one.</summary>
    public const int MaxConnectionsLeast = 100;

    /// <summary>Limits now, in descriptors; long.MaxValue for none.</summary>
    public static (long Soft, long Hard) Current()
    {
        ResourceLimit limit;
        if (ProcessCalls.GetLimit(ResourceLimit.OpenFiles, &limit) != 0) return (1024, 1024);
        return ((long)Math.Min(limit.Soft, long.MaxValue), (long)Math.Min(limit.Hard, long.MaxValue));
    }

    /// <summary>Descriptors this process has open.</summary>
    public static int CountOpen()
    {
        try
        {
            // One of them is the directory being read.
            return Math.Max(0, Directory.GetFileSystemEntries("/proc/self/fd").Length - 1);
        }
        catch (IOException)
        {
            return 3;
        }
        catch (UnauthorizedAccessException)
        {
            return 3;
        }
    }

    /// <summary>Descriptors for so many connections.</summary>
    public static long Needed(int maxConnections, in DescriptorNeeds needs) =>
        (2L * maxConnections) + needs.Total;

    /// <summary>Connections that so many descriptors allow.</summary>
    public static int MaxConnections(long descriptors, in DescriptorNeeds needs)
    {
        long free = (Math.Min(descriptors, int.MaxValue) - needs.Total) / 2;
        return (int)Math.Max(free, MaxConnectionsLeast);
    }

    /// <summary>
    /// Raises the limit for what is needed or what <c>ulimit-n</c> asks; one that is high enough already
    /// stays. Null, or the text of the ALERT (a WARNING with <c>no strict-limits</c>).
    /// </summary>
    /// <param name="needed">Descriptors.</param>
    public static string? Raise(long needed)
    {
        (long soft, long hard) = Current();
        if (soft >= needed) return null;
        // Root may raise the hard limit too; who may not keeps it.
        ResourceLimit limit = new() { Soft = (ulong)needed, Hard = (ulong)Math.Max(needed, hard) };
        if (ProcessCalls.SetLimit(ResourceLimit.OpenFiles, &limit) == 0) return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[haproxy.main()] Cannot raise FD limit to {needed}, current limit is {soft} and hard limit is "
            + $"{hard}. Lower 'maxconn' or 'ulimit-n', or leave them out to have them computed.");
    }
}
