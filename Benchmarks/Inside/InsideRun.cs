using System;
using System.Collections.Generic;
using System.Globalization;
using Benchmarks.EndToEnd;

namespace Benchmarks.Inside;

/// <summary>What the verbs that look into one process have in common.</summary>
internal static class InsideRun
{
    /// <summary>Puts the program and the load where the command line says: CPU 0 and CPU 1 without.</summary>
    public static void Place(VerbOptions line) => Placement.Set(Cpus(line, "proxy-cpus", 0), Cpus(line, "load-cpus", 1));

    /// <summary>The program of the command line, or the Release build, and its arguments.</summary>
    public static List<string> Command(VerbOptions line)
    {
        string program = line.Text("sluice")
            ?? SluiceBuild.Find(RepositoryTree.Root)
            ?? throw new UsageException("no Release build of sluice; build one, or name it with --sluice");
        List<string> command = [.. SluiceBuild.Command(program)];
        if (line.Text("sluice-args") is { } more) command.AddRange(SubjectCommand.Split(more));
        return command;
    }

    private static int[] Cpus(VerbOptions line, string name, int otherwise)
    {
        if (!line.Has(name)) return [otherwise];
        return Array.ConvertAll(line.List(name), static cpu => int.TryParse(cpu, CultureInfo.InvariantCulture, out int number)
            ? number : throw new UsageException($"'{cpu}' is no CPU"));
    }
}
