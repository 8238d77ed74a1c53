using System;
using System.Globalization;
using System.IO;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// User memory of a process and its descendants, bytes; kernel memory (sockets) is not in it.
/// </summary>
/// <param name="ResidentBytes">Pages in memory (RSS), shared ones counted in each process.</param>
/// <param name="ProportionalBytes">
/// The same with shared pages divided among those who map them (PSS).
/// </param>
public readonly record struct UserMemory(long ResidentBytes, long ProportionalBytes)
{
    public static UserMemory OfTree(int process)
    {
        long resident = 0;
        long proportional = 0;
        foreach (int member in ProcessTree.Of(process))
        {
            try
            {
                foreach (string line in File.ReadLines($"/proc/{member}/smaps_rollup"))
                {
                    if (line.StartsWith("Rss:", StringComparison.Ordinal)) resident += Bytes(line);
                    else if (line.StartsWith("Pss:", StringComparison.Ordinal)) proportional += Bytes(line);
                }
            }
            catch (IOException)
            {
                // It ended meanwhile and holds nothing.
            }
        }

        return new UserMemory(resident, proportional);
    }

    private static long Bytes(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
    }
}
