using System;
using System.Collections.Generic;
using System.Globalization;
using Engine.Data.Configuration;

namespace Engine.Runtime.CommandLine;

/// <summary>Reads the command line into <see cref="Options"/> as the management guide section 3 has it.</summary>
public sealed class OptionsReader
{
    private readonly string[] arguments;
    private readonly Options options = new();
    private int next;
    private CommandLineFault? fault;

    private OptionsReader(string[] arguments) => this.arguments = arguments;

    /// <summary>Null when something is wrong with it, which the fault tells.</summary>
    public static Options? Read(string[] arguments, out CommandLineFault? fault)
    {
        OptionsReader reader = new(arguments);
        reader.Run();
        fault = reader.fault;
        return fault is null ? reader.options : null;
    }

    private void Run()
    {
        while (next < arguments.Length && fault is null)
        {
            string argument = arguments[next++];
            if (argument == "--")
            {
                while (next < arguments.Length) options.Files.Add(arguments[next++]);
            }
            else if (argument.Length < 2 || argument[0] != '-') Refuse();
            else TakeFlag(argument);
            if (options.Mode == RunMode.Version) return;
        }
        bool needsFile = options.Mode is RunMode.Serve or RunMode.Check && options.KeywordClasses != "help";
        if (fault is null && needsFile && options.Files.Count == 0) Refuse();
    }

    private void TakeFlag(string flag)
    {
        // Words first, then letters: of "-cV" the reference sees the "-c" alone, and so do we.
        switch (flag[1])
        {
            case 'c' when flag == "-cc":
                options.Mode = RunMode.Condition;
                options.Condition = TakeValue();
                break;
            case 's' when flag is "-sf" or "-st":
                TakePids(flag);
                break;
            case 'v':
                options.Mode = RunMode.Version;
                options.VersionText = VersionText.Of(flag);
                break;
            case 'd':
                TakeDebugFlag(flag);
                break;
            case 'x' when flag == "-x":
                if (next < arguments.Length) options.OldSocket = arguments[next++];
                else fault = new CommandLineFault("Unix socket path expected with the -x flag\n", ShowsUsage: true);
                break;
            case 'W' or 'S':
                fault = new CommandLineFault($"'{flag}' is not supported yet.");
                break;
            default:
                TakeLetter(flag[1]);
                break;
        }
    }

    private void TakeLetter(char letter)
    {
        switch (letter)
        {
            case 'c':
                options.Mode = RunMode.Check;
                break;
            case 'f':
                options.Files.Add(TakeValue());
                break;
            case 'C':
                options.Directory = TakeValue();
                break;
            case 'p':
                options.PidFile = TakeValue();
                break;
            case 'L':
                options.LocalPeer = TakeValue();
                break;
            case 'n':
                options.MaxConnections = Math.Max(0, ConfigurationUnits.Integer(TakeValue()));
                break;
            case 'N':
                options.ProxyMaxConnections = Math.Max(0, ConfigurationUnits.Integer(TakeValue()));
                break;
            case 'm':
                options.MemoryMegabytes = Math.Max(0, ConfigurationUnits.Integer(TakeValue()));
                break;
            case 'D':
                options.Daemon = true;
                break;
            case 'V':
                options.Verbose = true;
                break;
            case 'q':
                options.Quiet = true;
                break;
            case '4':
                options.Ipv4Only = true;
                break;
            default:
                Refuse();
                break;
        }
    }

    private void TakeDebugFlag(string flag)
    {
        ReadOnlySpan<char> rest = flag.AsSpan(2);
        switch (rest.IsEmpty ? ' ' : rest[0])
        {
            case ' ':
                options.Debug = true;
                break;
            case 'b':
                options.Foreground = true;
                break;
            case 'C':
                TakeDump(flag, rest[1..]);
                break;
            case 'D':
                options.Diagnostics = true;
                break;
            case 'F':
                Features.Disabled |= DisabledFeatures.FastForward;
                break;
            case 'G':
                // The older function for names answers with IPv4 addresses alone.
                options.Ipv4Only = true;
                Features.Disabled |= DisabledFeatures.AddressInfo;
                break;
            case 'I':
                options.WantsFork = true;
                break;
            case 'K':
                options.KeywordClasses = rest.Length > 1 ? rest[1..].ToString() : "help";
                break;
            case 'L':
                options.ListsObjects = true;
                break;
            case 'M':
                fault = MemoryDebugging.Read(rest[1..], options);
                break;
            case 'R':
                Features.Disabled |= DisabledFeatures.ReusePort;
                break;
            case 'S':
                Features.Disabled |= DisabledFeatures.Splice;
                break;
            case 'U':
                TakeBackEnd(rest[1..]);
                break;
            case 'V':
                Features.Disabled |= DisabledFeatures.ServerVerification;
                break;
            case 'W':
                options.ZeroWarning = true;
                break;
            case 'Z':
                Features.Disabled |= DisabledFeatures.ZeroCopy;
                break;
            case 'p' or 's' or 'v' or 'x' or 'k':
                break; // pollers that are not among ours
            case 'e':
                Features.Disabled |= DisabledFeatures.Epoll;
                break;
            case 'i':
                options.EngineIni = TakeValue();
                break;
            case 'r':
                options.IgnoresResolutionFailures = true;
                break;
            default:
                fault = new CommandLineFault($"'{flag}' is not supported yet.");
                break;
        }
    }

    private void TakeBackEnd(ReadOnlySpan<char> name)
    {
        if (name is "io_uring" or "epoll") options.KernelBackEnd = name.ToString();
        else fault = new CommandLineFault($"-dU: unknown kernel back end <{name}>, expects 'io_uring' or 'epoll'");
    }

    private void TakeDump(string flag, ReadOnlySpan<char> key)
    {
        options.DumpsLines = true;
        // A key that is no number is 0, and 0 hides nothing.
        if (ConfigurationUnits.Integer(key) != 0) fault = new CommandLineFault($"'{flag}' is not supported yet.");
    }


    /// <summary>Takes numbers until something that begins with a dash, or the end.</summary>
    private void TakePids(string flag)
    {
        List<int> pids = [.. options.OldPids];
        while (next < arguments.Length && !arguments[next].StartsWith('-'))
        {
            string text = arguments[next++];
            // One argument may hold several, as "$(pidof sluice)" in quotes does.
            foreach (Range range in text.AsSpan().Split(' '))
            {
                ReadOnlySpan<char> part = text.AsSpan(range);
                if (part.IsEmpty) continue;
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
                {
                    fault = new CommandLineFault($"{flag} option: some bytes unconsumed in PID list {{{part}}}");
                    return;
                }
                if (pid == 0) Refuse();
                pids.Add(pid);
            }
        }
        options.OldPids = [.. pids];
        options.TerminatesOldPids = flag == "-st";
    }

    private string TakeValue()
    {
        if (next < arguments.Length) return arguments[next++];
        Refuse();
        return "";
    }

    private void Refuse() => fault = new CommandLineFault(Message: null);
}
