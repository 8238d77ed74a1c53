using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration;

/// <summary>From files to what the engine runs.</summary>
public static class ConfigurationLoader
{
    /// <summary>
    /// Reads and compiles. Null when something is wrong; all of it was reported then. Words must be registered
    /// (<see cref="WordFiles.Register"/>). Messages are only held back here when the file says <c>quiet</c>.
    /// </summary>
    public static CompiledConfiguration? Run(
        IReadOnlyList<ConfigurationFile> files,
        Options options,
        Diagnostics diagnostics,
        MessageWriter? messages = null,
        NameLookup? lookup = null)
    {
        ConfigurationDraft draft = new(diagnostics, lookup ?? SystemNames.Lookup)
        {
            WallMicroseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        };
        draft.Globals.WantsFork = options.WantsFork;
        draft.Globals.LocalPeer = options.LocalPeer;
        draft.LocalPeerIsGiven = options.LocalPeer is not null;
        draft.Parts.Get<TlsDrafts>().ServersUnverified =
            Features.Disabled.HasFlag(DisabledFeatures.ServerVerification); // -dV
        ConfigurationReader reader = new(draft);
        if (options.DumpsLines && messages is { IsQuiet: false }) reader.Dump = StandardStreams.WriteOutput;
        foreach (ConfigurationFile file in files)
        {
            reader.ReadFile(file.Name, file.Content);
            if (diagnostics.Aborted) break;
        }
        if (messages is not null && draft.Globals.Quiet && !options.Verbose) messages.IsQuiet = true;
        CompiledConfiguration? compiled = null;
        if (!diagnostics.Aborted && !reader.LostSection)
        {
            // Names that nothing declares are errors of the file too. Warnings might only follow from other errors,
            // and a section that could not be opened would only make its name missing.
            diagnostics.HidesWarnings = diagnostics.HasAlerts;
            diagnostics.ReadingFailed = diagnostics.HasAlerts;
            diagnostics.IsVerifying = true;
            compiled = ConfigurationCompiler.Run(draft, options);
        }
        else diagnostics.ReadingFailed = true;
        reader.ReportPreviousFile();
        if (diagnostics.HasAlerts)
        {
            const string summary = "Fatal errors found in configuration.";
            if (diagnostics.FailedLate) diagnostics.AlertBare(summary);
            else if (diagnostics.ReadingFailed && !diagnostics.HidesSummary) diagnostics.Alert(summary);
            return null;
        }
        if (!ServerAddresses.Resolve(draft, options, messages)) return null;
        if (diagnostics.Warnings == 0 || !(draft.Globals.ZeroWarning || options.ZeroWarning)) return compiled;
        diagnostics.AlertBare("Some warnings were found and 'zero-warning' is set. Aborting.");
        return null;
    }
}
