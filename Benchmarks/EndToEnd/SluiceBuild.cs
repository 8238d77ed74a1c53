using System.IO;
using System.Runtime.InteropServices;

namespace Benchmarks.EndToEnd;

/// <summary>Finds or makes the builds of sluice that runs measure.</summary>
public static class SluiceBuild
{
    private const string Project = "Engine.Runtime";

    /// <summary>
    /// The executable of a Release build: in the tree's output, else beside this program; null when there is
    /// none.
    /// </summary>
    public static string? Find(string? root)
    {
        string inTree = root is null
            ? string.Empty
            : Path.Combine(root, Project, "bin", "Release", "net10.0", "sluice");
        if (File.Exists(inTree)) return inTree;
        string beside = Path.Combine(System.AppContext.BaseDirectory, "sluice");
        return File.Exists(beside) ? beside : null;
    }

    /// <summary>
    /// Builds Release in a tree and returns the executable. Throws <see cref="UsageException"/> when it
    /// fails.
    /// </summary>
    public static string Build(string root)
    {
        Dotnet(root, "build", Project, "-c", "Release", "-v", "q", "--nologo");
        return Path.Combine(root, Project, "bin", "Release", "net10.0", "sluice");
    }

    /// <summary>Publishes with ReadyToRun into a directory and returns the executable.</summary>
    public static string PublishReadyToRun(string root, string directory)
    {
        string platform = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        Dotnet(
            root, "publish", Project, "-c", "Release", "-r", platform, "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-o", directory, "-v", "q", "--nologo");
        return Path.Combine(directory, "sluice");
    }

    /// <summary>
    /// The command of a build: an assembly is run by <c>dotnet</c>, an executable by itself.
    /// </summary>
    public static string[] Command(string path) =>
        path.EndsWith(".dll", System.StringComparison.Ordinal) ? ["dotnet", path] : [path];

    private static void Dotnet(string root, params string[] arguments)
    {
        (int status, string text) = RepositoryTree.Execute(root, "dotnet", arguments);
        if (status != 0)
            throw new UsageException($"dotnet {string.Join(' ', arguments)} failed in {root}:\n{text}");
    }
}
