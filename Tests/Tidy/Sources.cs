using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Tests.Tidy;

/// <summary>The C# files of the repository, found from where this one was compiled.</summary>
public static class Sources
{
    public static string Root { get; } = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static readonly string[] Projects =
        ["Engine.Data", "Engine.Systems", "Engine.Runtime", "Benchmarks", "Tests"];

    /// <summary>Paths relative to the root, with what is built left out.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Projects
        .SelectMany(project => Directory.EnumerateFiles(
            Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string path = "") => path;
}
