using System;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Xunit;

namespace Tests.Runtime.CommandLine;

public sealed class OptionsReaderTests
{
    public OptionsReaderTests() => WordFiles.Register();

    private static Options Good(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Options? options = OptionsReader.Read(words, out CommandLineFault? fault);
        Assert.Null(fault?.Message);
        Assert.NotNull(options);
        return options;
    }

    [Theory]
    [InlineData("")]
    [InlineData("-zz")]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("-")]
    [InlineData("foo")]
    [InlineData("-c")]
    [InlineData("-c -f a foo")]
    [InlineData("-cc")]
    [InlineData("-f")]
    [InlineData("-c -f a -p")]
    [InlineData("-sf")]
    [InlineData("-n")]
    [InlineData("-f a -sf 0")]
    [InlineData("-f a -st 1 0")]
    public void Usage_is_shown_for(string line)
    {
        Assert.Null(OptionsReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out CommandLineFault? fault));
        Assert.NotNull(fault);
        Assert.Null(fault.Message);
    }

    [Theory]
    [InlineData("-f a -sf x", "-sf option: some bytes unconsumed in PID list {x}")]
    [InlineData("-f a -dMfoo", "-dM: unknown pool debugging feature <foo>")]
    [InlineData("-f a -x", "Unix socket path expected with the -x flag\n")]
    [InlineData("-f a -dM0x", "-dM: unknown pool debugging feature <0x>")]
    [InlineData("-f a -dM5,foo", "-dM: unknown pool debugging feature <foo>")]
    [InlineData("-f a -dMno-merge,5", "-dM: unknown pool debugging feature <5>")]
    [InlineData("-f a -dM5,no-merge,fail", "-dM: 'fail' is not supported yet.")]
    [InlineData("-f a -dUfoo", "-dU: unknown kernel back end <foo>, expects 'io_uring' or 'epoll'")]
    [InlineData("-W -f a", "'-W' is not supported yet.")]
    [InlineData("-Ws -f a", "'-Ws' is not supported yet.")]
    [InlineData("-S x -f a", "'-S' is not supported yet.")]
    [InlineData("-dC5 -f a", "'-dC5' is not supported yet.")]
    public void Refused_with_a_reason(string line, string message)
    {
        Assert.Null(OptionsReader.Read(line.Split(' '), out CommandLineFault? fault));
        Assert.Equal(message, fault?.Message);
    }

    [Fact]
    public void Files_come_from_everywhere()
    {
        Assert.Equal(["a", "b", "c", "-d"], Good("-f a -f b -- c -d").Files);
    }

    [Fact]
    public void All_flags()
    {
        Options options = Good(
            "-c -V -q -d -db -D -dW -dD -dr -4 -f a -p pid -C dir -L me -n 100 -N 50 -m 64 -dM -dUepoll -di ini -st 1 2");
        Assert.Equal(RunMode.Check, options.Mode);
        Assert.True(options.Verbose && options.Quiet && options.Debug && options.Foreground && options.Daemon);
        Assert.True(options.ZeroWarning && options.Diagnostics && options.IgnoresResolutionFailures);
        Assert.True(options.Ipv4Only && options.TerminatesOldPids);
        Assert.Equal(("pid", "dir", "me"), (options.PidFile, options.Directory, options.LocalPeer));
        Assert.Equal((100, 50, 64), (options.MaxConnections, options.ProxyMaxConnections, options.MemoryMegabytes));
        Assert.Equal((0x50, "epoll", "ini"), (options.PoisonByte, options.KernelBackEnd, options.EngineIni));
        Assert.Equal([1, 2], options.OldPids);
    }

    [Theory]
    [InlineData("-f a -dM7", 7)]
    [InlineData("-f a -dM0xfF", 255)]
    [InlineData("-f a -dM0", 0)]
    [InlineData("-f a -dM300", 44)]
    [InlineData("-f a -dMno-merge", -1)]
    [InlineData("-f a -dM7,no-merge,,cold-first", 7)]
    [InlineData("-f a -dMpoison", 0x50)]
    [InlineData("-f a -dM7,no-poison", -1)]
    public void Poison(string line, int value) => Assert.Equal(value, Good(line).PoisonByte);

    [Theory]
    [InlineData("-sf 1 2 -f a", false, "1 2")]
    [InlineData("-f a -st", true, "")]
    [InlineData("-f a -sf", false, "")]
    public void Old_processes(string line, bool terminates, string pids)
    {
        Options options = Good(line);
        Assert.Equal((terminates, pids), (options.TerminatesOldPids, string.Join(' ', options.OldPids)));
    }

    [Fact]
    public void Pids_of_one_argument()
    {
        Options? options = OptionsReader.Read(["-f", "a", "-sf", "12 34", "56"], out _);
        Assert.Equal([12, 34, 56], options?.OldPids ?? []);
    }

    [Fact]
    public void A_letter_hides_those_behind_it() => Assert.False(Good("-cV -f a").Verbose);

    [Theory]
    [InlineData("-v", "Sluice version ")]
    [InlineData("-vv", "Sluice version ")]
    [InlineData("-vq", "0.")]
    [InlineData("-vqb", "3.5\n")]
    [InlineData("-vx", "Sluice version ")]
    public void Versions(string flag, string start)
    {
        Options options = Good(flag);
        Assert.Equal(RunMode.Version, options.Mode);
        Assert.StartsWith(start, options.VersionText);
    }

    [Fact]
    public void What_test_suites_look_for()
    {
        string text = Good("-vv").VersionText;
        Assert.Contains("\nHAProxy version 3.5-compatible\n", text);
        Assert.Contains("TARGET = linux-dotnet", text);
        Assert.Contains("\nFeature list : ", text);
        Assert.Contains("+OPENSSL ", text);
    }

    [Fact]
    public void A_condition_is_taken()
    {
        Options? options = OptionsReader.Read(["-cc", "1 && 0"], out _);
        Assert.Equal((RunMode.Condition, "1 && 0"), (options!.Mode, options.Condition));
    }

    [Fact]
    public void Keyword_classes_need_no_file()
    {
        Options? options = OptionsReader.Read(["-dKhelp", "-f", "/dev/null", "-c"], out _);
        Assert.Equal("help", options!.KeywordClasses);
    }
}
