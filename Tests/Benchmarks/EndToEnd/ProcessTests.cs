using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class ProcessTests
{
    [Fact]
    public void CpuTimesOfThisProcessGrowWithWork()
    {
        CpuTimes before = CpuTimes.OfTree(Environment.ProcessId);
        long until = Environment.TickCount64 + 20;
        while (Environment.TickCount64 < until)
        {
            // Burn.
        }

        CpuTimes used = CpuTimes.OfTree(Environment.ProcessId) - before;
        Assert.True(used.RunNs > 0);
    }

    [Fact]
    public void AGoneProcessUsesNothing() => Assert.Equal(default, CpuTimes.OfTree(int.MaxValue));

    [Fact]
    public void MemoryOfThisProcessIsPlausible()
    {
        UserMemory memory = UserMemory.OfTree(Environment.ProcessId);
        Assert.InRange(memory.ProportionalBytes, 1 << 20, memory.ResidentBytes);
    }

    [Fact]
    public void AChildEndsWithItsDescendants()
    {
        using TemporaryDirectory directory = new("sluice-test-");
        string output = Path.Combine(directory.Path, "out");
        List<int> tree;
        using (ChildProcess child = ChildProcess.StartProgram(
            ["/bin/sh", "-c", "sleep 100 & echo started; wait"],
            [0],
            output,
            new Dictionary<string, string>()))
        {
            while (!File.Exists(output) || new FileInfo(output).Length == 0)
                Thread.Sleep(1);
            tree = ProcessTree.Of(child.Id);
            Assert.Equal("started", child.OutputTail());
        }

        Assert.Equal(2, tree.Count);
        Assert.All(tree, process => Assert.False(ProcessTree.IsRunning(process)));
    }

    [Fact]
    public void ACutOutputKeepsTheFirstLineOfItsException()
    {
        using TemporaryDirectory directory = new("sluice-test-");
        string output = Path.Combine(directory.Path, "out");
        const string Script =
            "echo first; echo 'Unhandled exception. E: why'; for i in 1 2 3 4 5 6 7 8 9; do echo at $i; done";
        using ChildProcess child = ChildProcess.StartProgram(
            ["/bin/sh", "-c", Script], [0], output, new Dictionary<string, string>());
        Assert.Equal(0, child.WaitForExit());
        string[] lines = child.OutputTail().Split('\n');
        Assert.Equal(["Unhandled exception. E: why", "...", "at 2"], lines[..3]);
        Assert.Equal("at 9", lines[^1]);
    }

    [Fact]
    public void TheHeapProbeTellsWhatWasAllocated()
    {
        using TemporaryDirectory directory = new("sluice-test-");
        string socket = Path.Combine(directory.Path, "probe");
        foreach ((string name, string value) in HeapProbe.Environment(socket))
            if (name != "DOTNET_STARTUP_HOOKS") Environment.SetEnvironmentVariable(name, value);
        HeapProbe.Serve();
        long before = HeapProbe.Read(socket);
        byte[] block = new byte[1 << 20];
        long after = HeapProbe.Read(socket);
        GC.KeepAlive(block);
        Assert.True(after - before >= 1 << 20);
    }

    [Fact]
    public void ANativeProgramHasNoHeapProbe() =>
        Assert.Throws<SubjectException>(() => HeapProbe.Read("/no/such/probe"));
}
