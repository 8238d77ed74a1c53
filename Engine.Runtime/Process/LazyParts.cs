using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace Engine.Runtime.Process;

/// <summary>
/// What the runtime would read from files only when it is first used, and could not read any more from
/// inside a chroot: assemblies and the time zone.
/// </summary>
internal static class LazyParts
{
    /// <summary>Needed to describe an exception, and named by no reference of ours.</summary>
    private static readonly string[] ByReflection =
        ["System.Diagnostics.StackTrace", "System.Reflection.Metadata", "System.Text.Encoding.Extensions"];

    /// <summary>Loads every assembly that ours refer to, directly or not.</summary>
    public static void LoadAll()
    {
        _ = TimeZoneInfo.Local;
        HashSet<string> seen = [];
        Queue<AssemblyName> left = new();
        left.Enqueue(typeof(LazyParts).Assembly.GetName());
        foreach (string name in ByReflection) left.Enqueue(new AssemblyName(name));
        while (left.TryDequeue(out AssemblyName? next))
        {
            if (!seen.Add(next.Name ?? "")) continue;
            Assembly? assembly = TryLoad(next);
            if (assembly is null) continue;
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies()) left.Enqueue(reference);
        }
    }

    /// <summary>
    /// A reference that cannot be loaded now could not be later either: whoever needs it will say so.
    /// </summary>
    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception failure)
            when (failure is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
