using System;
using System.IO;
using Benchmarks.EndToEnd;

namespace Benchmarks.Compare;

/// <summary>
/// The files of one commit in a temporary directory, built. They are exported rather than checked out as a
/// worktree, so that an interrupted comparison leaves nothing in the repository.
/// </summary>
public sealed class CommitTree : IDisposable
{
    /// <summary>What stands for the working tree with its uncommitted changes.</summary>
    public const string WorkingTree = ".";

    private readonly TemporaryDirectory? directory;

    /// <summary>
    /// Exports and builds. Throws <see cref="UsageException"/> when the repository has no such commit or it
    /// does not build.
    /// </summary>
    public CommitTree(string repository, string commit)
    {
        if (commit == WorkingTree)
        {
            Commit = RepositoryTree.Commit();
            Executable = SluiceBuild.Build(repository);
            return;
        }

        Commit = RepositoryTree.Output(
            repository, "git", "rev-parse", "--verify", "--short=10", $"{commit}^{{commit}}");
        if (Commit.Length == 0) throw new UsageException($"'{commit}' is neither a run record nor a commit");
        directory = new TemporaryDirectory("sluice-commit-");
        string archive = Path.Combine(directory.Path, "tree.tar");
        Require(repository, "git", "archive", "--format=tar", "-o", archive, Commit);
        Require(directory.Path, "tar", "-xf", archive);
        File.Delete(archive);
        Executable = SluiceBuild.Build(directory.Path);
    }

    public string Commit { get; }

    public string Executable { get; }

    public void Dispose() => directory?.Dispose();

    private static void Require(string at, string program, params string[] arguments)
    {
        (int status, string text) = RepositoryTree.Execute(at, program, arguments);
        if (status != 0) throw new UsageException($"{program} failed: {text}");
    }
}
