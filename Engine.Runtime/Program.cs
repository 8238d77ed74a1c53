using System;
using System.Collections.Generic;
using System.IO;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Engine.Runtime.Health;
using Engine.Runtime.Kernel;
using Engine.Runtime.Process;
using Engine.Runtime.Signals;

namespace Engine.Runtime;

/// <summary>The command line of <c>sluice</c>.</summary>
public static class Program
{
    /// <summary>Exit codes: 0 good, 1 bad arguments or configuration, 2 a condition that cannot be evaluated.</summary>
    public static int Main(string[] arguments)
    {
        DaemonRole? daemon = DaemonRole.Take();
        WordFiles.Register();
        MessageWriter messages = new(StandardStreams.WriteError);
        Options? options = OptionsReader.Read(arguments, out CommandLineFault? fault);
        if (options is null) return Refuse(fault!, messages);
        messages.IsQuiet = options.Quiet && !options.Verbose;
        switch (options.Mode)
        {
            case RunMode.Version:
                StandardStreams.WriteOutput(options.VersionText);
                return 0;
            case RunMode.Condition:
                return ConditionCommand.Run(options.Condition, messages);
            default:
                return Load(options, daemon, messages);
        }
    }

    private static int Refuse(CommandLineFault fault, MessageWriter messages)
    {
        if (fault.Message is not null) messages.Alert(fault.Message);
        if (fault.Message is null || fault.ShowsUsage)
        {
            StandardStreams.WriteOutput(VersionText.Short());
            StandardStreams.WriteError(UsageText.Text);
        }
        return 1;
    }

    private static int Load(Options options, DaemonRole? daemon, MessageWriter messages)
    {
        if (options.KeywordClasses is { } classes) StandardStreams.WriteOutput(KeywordListing.Of(classes));
        if (options.Files.Count == 0) return 0;
        bool detaches = options.Mode == RunMode.Serve && daemon is null && !options.Foreground && !options.Debug;
        if (detaches && options.Daemon) return Detach(messages);
        SignalInbox? signals = options.Mode == RunMode.Serve ? SignalInbox.Install() : null;
        if (options.Directory is { } directory && !TryChangeDirectory(directory, messages)) return 1;
        Diagnostics diagnostics = new(messages.Write) { ShowsHints = options.Diagnostics };
        List<ConfigurationFile> files = ConfigurationFiles.Load(options.Files, diagnostics);
        if (diagnostics.HasAlerts) return 1;
        if (files.Count == 0) return Refuse(new CommandLineFault(Message: null), messages);
        OwnVariables.Set(options, files);
        CompiledConfiguration? configuration = ConfigurationLoader.Run(files, options, diagnostics, messages);
        if (configuration is null) return 1;
        const DisabledFeatures copies = DisabledFeatures.Splice | DisabledFeatures.FastForward | DisabledFeatures.ZeroCopy;
        if ((Features.Disabled & copies) != 0) configuration.Globals.NoSplice = true;
        if (configuration.Globals.NoEpoll) Features.Disabled |= DisabledFeatures.Epoll;
        if (configuration.Globals.NoReusePort) Features.Disabled |= DisabledFeatures.ReusePort;
        if (options.ListsObjects) StandardStreams.WriteOutput(ObjectListing.Text());
        if (options.DumpsLines) return 0;
        if (signals is not null)
        {
            if (detaches && configuration.Globals.Daemon) return Detach(messages);
            EngineSettings engine = EngineIni.Load(options.EngineIni, options.Files[0], diagnostics);
            if (diagnostics.HasAlerts) return 1;
            configuration.Globals.Http2.StreamsInTurn = !engine.StreamsFirst;
            return Service.Run(configuration, Settings(options, engine, daemon), signals, messages);
        }
        LoadServerStates.Run(configuration, null, messages, 0);
        if (messages.Warnings > 0 && !messages.IsQuiet) StandardStreams.WriteOutput("Warnings were found.\n");
        if (options.Verbose) StandardStreams.WriteOutput("Configuration file is valid\n");
        return 0;
    }

    /// <summary>Goes on as a daemon: this process only waits until that one serves.</summary>
    private static int Detach(MessageWriter messages)
    {
        int code = DaemonLauncher.Run(out string? failure);
        if (failure is not null) messages.Alert(failure);
        return code;
    }

    private static ServiceSettings Settings(Options options, EngineSettings engine, DaemonRole? daemon) =>
        new()
        {
            Kernel = (options.KernelBackEnd ?? engine.KernelBackEnd) switch
            {
                "io_uring" => KernelKind.IoUring,
                "epoll" => KernelKind.Epoll,
                _ => KernelKind.Automatic,
            },
            OldProcesses = new OldProcesses(options.OldPids, finish: !options.TerminatesOldPids),
            OldSocket = options.OldSocket,
            Daemon = daemon,
            Pin = engine.PinsThreads,
            SpinMicroseconds = engine.SpinMicroseconds,
            PidFile = options.PidFile,
            MaxConnections = options.MaxConnections,
            MemoryMegabytes = options.MemoryMegabytes,
        };

    private static bool TryChangeDirectory(string directory, MessageWriter messages)
    {
        try
        {
            Directory.SetCurrentDirectory(directory);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = failure is DirectoryNotFoundException ? "No such file or directory" : failure.Message;
            messages.Alert($"Could not change to directory {directory} : {reason}");
            return false;
        }
    }
}
