using System;
using System.Collections.Generic;
using System.IO;

namespace Benchmarks.EndToEnd;

/// <summary>Decides which programs a run measures, from the command line and what the machine has.</summary>
public static class SubjectChoice
{
    /// <summary>Name under which the current HAProxy, reference A, is passed by <c>--peers</c>.</summary>
    public const string NameOfA = "haproxy35";

    /// <summary>Name of the distribution's HAProxy, reference B: found on the path.</summary>
    public const string NameOfB = "haproxy";

    private const string Nginx = "nginx";

    /// <summary>
    /// Peers: those named on the command line, then haproxy and nginx from the path when not named.
    /// </summary>
    public static List<Subject> Peers(EndToEndOptions options)
    {
        List<Subject> peers = [];
        foreach (string peer in options.Peers)
        {
            int equals = peer.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new UsageException($"--peers takes name=command, not '{peer}'");
            peers.Add(Peer(peer[..equals], peer[(equals + 1)..], options));
        }

        foreach (string name in (string[])[NameOfB, Nginx])
        {
            if (options.OnlyNamedPeers || peers.Exists(peer => peer.Name == name)) continue;
            if (OnPath(name) is { } path) peers.Add(Peer(name, path, options));
        }

        int count = peers.Count;
        for (int i = 0; i < count; i++)
        {
            if (peers[i].Role != Reference.None)
                peers.Add(peers[i] with { Name = $"{peers[i].Name}/splice", Spliced = true });
        }

        return peers;
    }

    /// <summary>
    /// One subject of sluice per back end asked for, and the ReadyToRun publish when there is one.
    /// </summary>
    public static List<Subject> Sluice(EndToEndOptions options, string? executable, string commit = "")
    {
        List<Subject> subjects = [];
        if (executable is null) return subjects;
        foreach (KernelBackend backend in options.Backends)
            subjects.Add(Sluice(options, executable, backend, commit));
        if (options.ReadyToRun is { } publish)
        {
            subjects.Add(Sluice(options, publish, KernelBackend.Any, commit) with
            {
                Name = "sluice/r2r",
                ReadyToRun = true,
            });
        }

        return subjects;
    }

    /// <summary>The path of a program, null when no directory of PATH (nor /usr/sbin) has it.</summary>
    public static string? OnPath(string program)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        foreach (string directory in (path + ":/usr/sbin:/usr/local/sbin").Split(':'))
        {
            string candidate = Path.Combine(directory, program);
            if (directory.Length > 0 && File.Exists(candidate)) return candidate;
        }

        return null;
    }

    private static Subject Sluice(
        EndToEndOptions options, string executable, KernelBackend backend, string commit) =>
        new()
        {
            Name = backend switch
            {
                KernelBackend.IoUring => "sluice/io_uring",
                KernelBackend.Epoll => "sluice/epoll",
                _ => "sluice",
            } + (commit.Length > 0 ? "@" + commit : string.Empty),
            Kind = SubjectKind.Sluice,
            Command = [.. SluiceBuild.Command(executable), .. options.ArgumentsFor(backend)],
            Backend = backend,
            Commit = commit,
            Threads = options.Settings.Threads,
        };

    private static Subject Peer(string name, string command, EndToEndOptions options) => new()
    {
        Name = name,
        Kind = name.StartsWith(Nginx, StringComparison.Ordinal) ? SubjectKind.Nginx : SubjectKind.HaProxy,
        Command = SubjectCommand.Split(command),
        Role = name == options.NameOfA ? Reference.A : name == options.NameOfB ? Reference.B : Reference.None,
        Threads = options.Settings.Threads,
    };
}
