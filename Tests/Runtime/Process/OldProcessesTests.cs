using System;
using System.IO;
using System.Text;
using System.Threading;
using Engine.Runtime.Process;
using Xunit;

namespace Tests.Runtime.Process;

public sealed class OldProcessesTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(int.MaxValue, 1, false)]
    public void Without_old_processes_binding_is_tried_once(int succeedsAt, int tries, bool bound)
    {
        int count = 0;
        Assert.Equal(bound, new OldProcesses([], finish: true).Bind(() => ++count >= succeedsAt));
        Assert.Equal(tries, count);
    }

    [Fact]
    public void Numbers_that_mean_groups_or_everybody_are_never_signalled()
    {
        OldProcesses old = new([0, -1, int.MinValue], finish: false);
        old.Pause();
        old.Resume();
        old.Finish(); // we are still here
        Assert.True(old.Any);
    }

    [Theory]
    [InlineData(true, 5, "TTOU USR1 ")]
    [InlineData(false, 5, "TTOU TERM ")]
    [InlineData(true, int.MaxValue, "TTOU TTIN USR1 ")]
    public void They_are_paused_while_we_bind_and_told_the_outcome(bool finish, int succeedsAt, string heard)
    {
        string file = Path.Combine(Path.GetTempPath(), $"sluice-old-{Guid.NewGuid():N}");
        int process = Start(file);
        try
        {
            WaitFor(() => File.Exists(file));
            OldProcesses old = new([process], finish);
            int count = 0;
            Assert.Equal(succeedsAt < OldProcesses.Attempts, old.Bind(() => ++count >= succeedsAt));
            Assert.Equal(Math.Min(succeedsAt, OldProcesses.Attempts + 1), count);
            // A shell takes the signals of one moment in the order of their numbers: let it take the ones so
            // far.
            int before = heard.TrimEnd().LastIndexOf(' ') + 1;
            WaitFor(() => File.ReadAllText(file).Length >= before);
            old.Finish();
            Assert.Equal(0, SpawnedProcess.WaitForEnd(process));
            Assert.Equal(heard, File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A stand-in that writes down which signals it gets and leaves with the last.</summary>
    private static int Start(string file)
    {
        string script =
            $"trap 'printf \"TTOU \" >> {file}' TTOU; trap 'printf \"TTIN \" >> {file}' TTIN; "
            + $"trap 'printf \"USR1 \" >> {file}; exit 0' USR1; trap 'printf \"TERM \" >> {file}; exit 0' TERM; "
            + $": > {file}; i=0; while [ $i -lt 3000 ]; do sleep 0.01; i=$((i+1)); done; exit 1";
        byte[][] arguments = [Terminated("sh"), Terminated("-c"), Terminated(script)];
        int process = SpawnedProcess.Start(
            Terminated("/bin/sh"), arguments, [Terminated("PATH=/bin:/usr/bin")], newSession: true);
        Assert.True(process > 0);
        return process;
    }

    private static void WaitFor(Func<bool> condition)
    {
        for (int i = 0; i < 3000 && !condition(); i++) Thread.Sleep(10);
        Assert.True(condition());
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
