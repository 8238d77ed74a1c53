using System;
using System.Globalization;
using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The command line of the program: words, outputs and exit codes (CONVENTIONS 3.1).</summary>
public sealed class CommandLineTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("0", 1)]
    [InlineData("", 1)]
    [InlineData("version_atleast(3.4)", 0)]
    [InlineData("version_atleast(3.6)", 1)]
    [InlineData("version_atleast(2.9-dev3)", 0)]
    [InlineData("version_before(3.4)", 1)]
    [InlineData("version_before(99)", 0)]
    [InlineData("feature(NOSUCH)", 1)]
    [InlineData("feature(EPOLL)", 0)]
    [InlineData("enabled(NOSUCH)", 1)]
    [InlineData("enabled(EPOLL)", 0)]
    [InlineData("defined(PATH)", 0)]
    [InlineData("defined(SLUICE_E2E_NEVER)", 1)]
    [InlineData("!defined(SLUICE_E2E_NEVER)", 0)]
    [InlineData("streq(a,a)", 0)]
    [InlineData("streq(a,b)", 1)]
    [InlineData("strneq(a,b)", 0)]
    [InlineData("strstr(abc,b)", 0)]
    [InlineData("1 && 0", 1)]
    [InlineData("1 || 0", 0)]
    [InlineData("0 || 0", 1)]
    [InlineData("1 && 1 && !0", 0)]
    [InlineData("(1 && 0) || 1", 0)]
    [InlineData("!(1 && 0)", 0)]
    [InlineData("foo(", 2)]
    [InlineData("foo", 2)]
    [InlineData("1 &&", 2)]
    public void Condition(string expression, int code)
    {
        ProgramResult result = Bench.Run("-cc", expression);
        Assert.Equal(code, result.ExitCode);
        Assert.Equal("", result.Output);
        if (code == 2)
            Assert.Contains("Failed to evaluate condition", result.Errors);
    }

    [SkippableFact]
    public void We_answer_as_version_35()
    {
        ReferenceDiffers("is a development version before 3.5");
        Assert.Equal(0, Bench.Run("-cc", "version_atleast(3.5)").ExitCode);
        Assert.Equal(1, Bench.Run("-cc", "version_atleast(3.6-dev0)").ExitCode);
    }

    [SkippableFact]
    public void Version_says_who_we_are()
    {
        ReferenceDiffers("is another program");
        ProgramResult result = Bench.Run("-v");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^Sluice version \d+\.\d+\.\d+ \(compatible with HAProxy 3\.5\)", result.Output);
        Assert.Equal("", result.Errors);
        result = Bench.Run("-vv");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"(?m)^HAProxy version 3\.5-compatible", result.Output);
        Assert.Matches(@"TARGET +?= linux-dotnet", result.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("-zz")]
    [InlineData("-h")]
    [InlineData("-cc")]
    public void Usage_is_printed_for_no_or_bad_arguments(params string[] arguments)
    {
        ProgramResult result = Bench.Run(arguments);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Usage : ", result.Errors);
        Assert.Contains("-f <cfgfile|cfgdir>", result.Errors);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_alert()
    {
        ProgramResult result = Bench.Run("-c", "-f", "/no/such/x.cfg");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(
            @"(?m)^\[ALERT\]    \(\d+\) : config : Cannot open configuration file/directory /no/such/x.cfg : No such file or directory",
            result.Errors);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_alert()
    {
        ProgramResult result = Bench.Run("-C", "/no/such/file", "-f", "x.cfg");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"(?m)^\[ALERT\]    \(\d+\) : Could not change to directory /no/such/file",
            result.Errors);
    }

    [Fact]
    public void C_changes_the_directory_before_files_are_read()
    {
        Bench.WriteFile("here.cfg", "global\n");
        Assert.Equal(0, Bench.Run("-C", Bench.Directory, "-c", "-f", "here.cfg").ExitCode);
    }

    [Fact]
    public void Quiet_prints_nothing_even_about_errors()
    {
        string file = Bench.WriteFile("bad.cfg", "global\nfoo\n");
        Assert.Equal(new ProgramResult(1, "", ""), Bench.Run("-q", "-c", "-f", file));
    }

    [Fact]
    public void Lines_are_shown_as_they_are_read()
    {
        string file = Bench.WriteFile("dump.cfg", ".if 0\nglobal\n  foo\n.endif\n\ndefaults # here\n timeout  client \"1s\"\n");
        ProgramResult result = Bench.Run("-dC", "-f", file); // which ends it too
        Assert.Equal(0, result.ExitCode);
        const string once = "\t.if 0 \nglobal \n\tfoo \n\t.endif \n\t\ndefaults \n\ttimeout client 1s ";
        // HAProxy reads a file twice and shows it twice.
        Assert.Contains(result.Output, (string[])[once, once + "\n" + once]);
    }

    [Theory]
    [InlineData("-dV", "SERVER-SSL-VERIFY-NONE", 0)]
    [InlineData("-dS", "SPLICE", 1)]
    [InlineData("-dR", "REUSEPORT", 1)]
    [InlineData("-dG", "GETADDRINFO", 1)]
    [InlineData("-dF", "FAST-FORWARD", 1)]
    [InlineData("-dI", "GETADDRINFO", 0)]
    public void Switches_are_seen_by_conditions(string flag, string feature, int code)
    {
        Assert.Equal(code, Bench.Run(flag, "-cc", $"enabled({feature})").ExitCode);
        Assert.Equal(0, Bench.Run(flag, "-dZ", "-dp", "-c", "-f", Bench.WriteFile("good.cfg", "global\n")).ExitCode);
    }

    [Fact]
    public void DV_trusts_servers()
    {
        string file = Bench.WriteFile(
            "tls.cfg", "backend b\n timeout server 1s\n timeout connect 1s\n server s 127.0.0.1:1 ssl\n");
        Assert.Equal(1, Bench.Run("-c", "-f", file).ExitCode);
        Assert.Equal(0, Bench.Run("-dV", "-c", "-f", file).ExitCode);
    }

    [Fact]
    public void DL_lists_what_is_loaded()
    {
        ProgramResult result = Bench.Run("-dL", "-c", "-f", Bench.WriteFile("good.cfg", "global\n"));
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("List of loaded object files:\n/", result.Output);
        Assert.Contains("libc.so", result.Output);
    }

    [Theory]
    [InlineData("backend b\n")]
    [InlineData("frontend f\n disabled\n bind <fe>\n timeout client 1s\n")]
    public void A_file_without_listeners_does_not_run(string configuration)
    {
        ProgramResult result = Bench.Run("-f", Bench.WriteFile("none.cfg", configuration));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("No enabled listener found (check for 'bind' directives) ! Exiting.", result.Errors);
    }

    [Fact]
    public void Sockets_of_a_process_that_is_not_there_are_an_error()
    {
        string file = Bench.WriteFile("x.cfg", "frontend f\n bind <fe>\n timeout client 1s\n");
        ProgramResult result = Bench.Run("-x", "<dir>/nosuch", "-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"WARNING\].*: Failed to connect to the old process socket '.*/nosuch'\n", result.Errors);
        Assert.Contains(": Failed to get the sockets from the old process!", result.Errors);
    }

    [Fact]
    public void V_undoes_q()
    {
        string file = Bench.WriteFile("good.cfg", "global\n");
        Assert.Equal(new ProgramResult(0, "Configuration file is valid", ""), Bench.Run("-q", "-V", "-c", "-f", file));
    }

    [Fact]
    public void A_directory_without_files_prints_the_usage()
    {
        ProgramResult result = Bench.Run("-c", "-f", Bench.Directory);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Usage : ", result.Errors);
    }

    [Fact]
    public void Notices_name_version_and_executable_before_the_first_alert()
    {
        string file = Bench.WriteFile("bad.cfg", "global\nfoo\n");
        string[] lines = Bench.Run("-c", "-f", file).Errors.Split('\n');
        Assert.Matches(@"^\[NOTICE\]   \(\d+\) : (haproxy|sluice|Sluice) version is \S+", lines[0]);
        Assert.Matches(@"^\[NOTICE\]   \(\d+\) : path to executable is /", lines[1]);
        Assert.Matches(
            @"^\[ALERT\]    \(\d+\) : config : parsing \[.*bad.cfg:2\] : unknown keyword 'foo' in 'global' section$", lines[2]);
        Assert.Matches(
            @"^\[ALERT\]    \(\d+\) : config : Error\(s\) found in configuration file : .*bad.cfg$",
                lines[3]);
        Assert.Matches(@"^\[ALERT\]    \(\d+\) : config : Fatal errors found in configuration\.$", lines[4]);
    }

    [Fact]
    public void The_keyword_tables_can_be_printed()
    {
        string file = Bench.WriteFile("good.cfg", "global\n");
        ProgramResult result = Bench.Run("-dKall", "-q", "-c", "-f", file);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("# List of registered", result.Output);
        foreach (string word in (string[])["maxconn", "http-request", "path_beg", "forwardfor", "bind",
            "server"])
            Assert.Contains(word, result.Output);
    }

    [Fact]
    public void A_daemon_writes_its_pid_and_serves_after_its_parent_left()
    {
        Bench.WriteFile("d.cfg", $"""
            global
                pidfile <dir>/ignored.pid
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request return status 200 content-type text/plain string daemon

            """);
        ProgramResult result = Bench.Run("-D", "-p", "<dir>/pid", "-f", "<dir>/d.cfg");
        Assert.Equal(0, result.ExitCode);
        int pid = int.Parse(File.ReadAllText(Path.Combine(Bench.Directory, "pid")),
            CultureInfo.InvariantCulture);
        try
        {
            using Wire client = Wire.Connect(
                new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, Bench.Ports["fe"]),
                    "client of a daemon");
            client.Send(Get());
            Assert.Equal("daemon", client.ReadResponse().Text);
        }
        finally
        {
            Assert.Equal(0, LibC.Kill(pid, LibC.SigTerm));
        }
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        while (LibC.Kill(pid, 0) == 0 && !IsZombie(pid) && watch.ElapsedMilliseconds < 5_000)
            System.Threading.Thread.Sleep(5);
        Assert.True(LibC.Kill(pid, 0) != 0 || IsZombie(pid));
    }

    [Fact]
    public void A_daemon_with_a_bad_file_fails_in_front_of_its_caller()
    {
        Bench.WriteFile("d.cfg", "global\nfoo\n");
        ProgramResult result = Bench.Run("-D", "-p", "<dir>/pid", "-f", "<dir>/d.cfg");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("unknown keyword 'foo'", result.Errors);
        Assert.False(File.Exists(Path.Combine(Bench.Directory, "pid")));
    }

    [Fact]
    public void N_sets_the_connections_of_the_process()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin), "-n", "1");
        Wire one = proxy.Connect("fe");
        one.Send(Get());
        one.ReadResponse();
        Wire two = proxy.Connect("fe");
        two.Send(Get());
        two.ExpectSilence();
        one.Close();
        Assert.Equal(200, two.ReadResponse().Status);
    }

    [SkippableFact]
    public void An_inherited_descriptor_may_be_a_listener()
    {
        // As the regression runners pass them: fd@N, here through a shell that opens nothing itself but the
        // script's end.
        AnsweringOrigin origin = NewAnsweringOrigin();
        string file = Bench.WriteFile("fd.cfg", $$"""
            {{HttpDefaults}}
            frontend fe
                bind "fd@${SLUICE_E2E_FD}"
                default_backend be
            backend be
                server s1 {{origin.Address}}

            """);
        string python = ProgramUnderTest.Find("python3") ?? "";
        Skip.If(python.Length == 0 && !ProgramUnderTest.Required, "needs python3 to pass a descriptor");
        string script = "import socket,os,sys\ns=socket.socket()\ns.bind(('127.0.0.1',0))\ns.listen(64)\n"
            + "open(sys.argv[1],'w').write(str(s.getsockname()[1])+'\\n')\n"
            + "os.set_inheritable(s.fileno(),True)\nos.environ['SLUICE_E2E_FD']=str(s.fileno())\nos.execv(sys.argv[2],sys.argv[2:])";
        string portFile = Path.Combine(Bench.Directory, "port");
        Proxy proxy = Bench.LaunchProgram(
            python, ["-c", script, portFile, ProgramUnderTest.Path, "-db", "-f", file]);
        proxy.WaitUntil(() => File.Exists(portFile)
            && File.ReadAllText(portFile).EndsWith('\n'), "port of the listener");
        int port = int.Parse(File.ReadAllText(portFile), CultureInfo.InvariantCulture);
        Wire client = Bench.Own(Wire.Connect(
            new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port), "client of fd@"));
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }

    private static bool IsZombie(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
