using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Benchmarks.Load;

/// <summary>A process and its descendants, as /proc shows them now.</summary>
public static class ProcessTree
{
    /// <summary>Process numbers, the root first. A root that is gone gives itself alone.</summary>
    public static List<int> Of(int root)
    {
        List<int> found = [root];
        for (int i = 0; i < found.Count; i++)
        {
            foreach (int child in ChildrenOf(found[i]))
            {
                if (!found.Contains(child)) found.Add(child);
            }
        }

        return found;
    }

    /// <summary>The process exists and is not a zombie that only waits to be collected.</summary>
    public static bool IsRunning(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static List<int> ChildrenOf(int process)
    {
        List<int> children = [];
        try
        {
            foreach (string task in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                string text = File.ReadAllText(Path.Combine(task, "children"));
                foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    children.Add(int.Parse(word, CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // A task or the process ended while we looked: what was seen is what there is.
        }

        return children;
    }
}
