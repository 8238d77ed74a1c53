using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Engine.Runtime.CommandLine;

/// <summary>What <c>-dL</c> prints: the program and the libraries that it has loaded.</summary>
internal static class ObjectListing
{
    public static string Text()
    {
        StringBuilder text = new("List of loaded object files:\n");
        text.Append(Environment.ProcessPath).Append('\n');
        HashSet<string> told = [Environment.ProcessPath ?? ""];
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            int path = line.IndexOf('/');
            if (path < 0) continue;
            string name = line[path..];
            bool isLibrary = name.EndsWith(".so", StringComparison.Ordinal)
                || name.Contains(".so.", StringComparison.Ordinal);
            if (isLibrary && told.Add(name)) text.Append(name).Append('\n');
        }
        return text.ToString();
    }
}
