using System;
using System.Text;
using Engine.Runtime.Process;
using Engine.Runtime.Process.Native;
using Xunit;

namespace Tests.Runtime.Process;

public sealed class SpawnedProcessTests
{
    private static readonly byte[] Shell = Terminated("/bin/sh");

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void The_end_of_a_child_is_told_as_a_shell_does(string script, int code) =>
        Assert.Equal(code, Run(script));

    [Fact]
    public void A_program_that_is_not_there_is_an_error_number() =>
        Assert.Equal(-2, SpawnedProcess.Start(Terminated("/nowhere/sluice"), [Terminated("x")], [], false));

    [Fact]
    public unsafe void Descriptors_that_are_not_close_on_exec_go_along()
    {
        int* pipe = stackalloc int[2];
        Assert.Equal(0, ProcessCalls.Pipe(pipe, 0x8_0000));
        try
        {
            Assert.NotEqual(0, Run($"echo hidden > /proc/self/fd/{pipe[1]}", "2>/dev/null"));
            Assert.Equal(0, ProcessCalls.Control(pipe[1], 2, 0));
            Assert.Equal(0, Run($"echo seen > /proc/self/fd/{pipe[1]}"));
            byte* text = stackalloc byte[16];
            nint count = ProcessCalls.Read(pipe[0], text, 16);
            Assert.Equal("seen\n", Encoding.ASCII.GetString(text, (int)count));
        }
        finally
        {
            _ = ProcessCalls.Close(pipe[0]);
            _ = ProcessCalls.Close(pipe[1]);
        }
    }

    /// <summary>
    /// Field 6 of /proc/pid/stat is the session, and its leader has the same number as itself.
    /// </summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_new_session_has_the_child_as_its_leader(bool newSession, int code) =>
        Assert.Equal(code, Run("read p c s pp pg sid rest < /proc/$$/stat; test $sid = $$", newSession: newSession));

    [Fact]
    public void Ignored_signals_are_not_handed_on()
    {
        _ = ProcessCalls.SetDisposition(25, 1); // SIGXFSZ
        try
        {
            Assert.Equal(128 + 25, Run("kill -25 $$"));
        }
        finally
        {
            _ = ProcessCalls.SetDisposition(25, 0);
        }
    }

    private static int Run(string script, string redirections = "", bool newSession = false)
    {
        byte[][] arguments = [Shell, Terminated("-c"), Terminated($"{{ {script}; }} {redirections}")];
        int process = SpawnedProcess.Start(Shell, arguments, [Terminated("PATH=/bin:/usr/bin")], newSession);
        Assert.True(process > 0);
        return SpawnedProcess.WaitForEnd(process);
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
