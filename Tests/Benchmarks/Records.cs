using System;
using System.Collections.Generic;
using Benchmarks.EndToEnd;

namespace Tests.Benchmarks;

/// <summary>Small run records with numbers that are easy to divide.</summary>
internal static class Records
{
    /// <summary>Three rounds of 100b-50: sluice on io_uring, references A and B.</summary>
    public static RunRecord Example() => new()
    {
        Date = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc),
        Machine = new MachineFacts { Cpu = "model", Cores = 2, Kernel = "6.1" },
        Commit = "abc",
        Settings = new RunSettings { Rounds = 3 },
        Programs =
        [
            new ProgramRecord("sluice/io_uring", Reference.None, "sluice", "Sluice 0.1"),
            new ProgramRecord("haproxy35", Reference.A, "haproxy", "3.5"),
            new ProgramRecord("haproxy", Reference.B, "haproxy", "2.6"),
        ],
        Scenarios =
        [
            new ScenarioRecord
            {
                Scenario = "100b-50",
                Subjects =
                [
                    Subject("sluice/io_uring", SubjectKind.Sluice, Reference.None, [12, 6, 14], 11_000),
                    Subject("haproxy35", SubjectKind.HaProxy, Reference.A, [20, 12, 20], 10_000),
                    Subject("haproxy", SubjectKind.HaProxy, Reference.B, [16, 8, 20], 10_500),
                ],
            },
        ],
    };

    public static SubjectRecord Subject(
        string name,
        SubjectKind kind,
        Reference role,
        double[] cpuUs,
        double requestsPerSecond,
        string commit = "")
    {
        List<Round> rounds = [];
        for (int i = 0; i < cpuUs.Length; i++)
            rounds.Add(new Round { Number = i, CpuUs = cpuUs[i], RequestsPerSecond = requestsPerSecond });
        return new SubjectRecord
        {
            Subject = name,
            Kind = kind,
            Role = role,
            Commit = commit,
            Backend = kind == SubjectKind.Sluice ? KernelBackend.IoUring : KernelBackend.Any,
            Rounds = rounds,
        };
    }
}
