using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Configuration;

/// <summary>From files to what the engine runs.</summary>
public static class ConfigurationLoader
{
    /// <summary>
    /// Reads and compiles. Null when something is wrong; all of it was reported then. Words must be registered
    /// (<see cref="WordFiles.Register"/>). Messages are only held back here when the file says <c>quiet</c>.
    /// </summary>
    public static CompiledConfiguration? Run(
        IReadOnlyList<ConfigurationFile> files, Options options, Diagnostics diagnostics, MessageWriter? messages = null)
    {
        ConfigurationDraft draft = new(diagnostics);
        ConfigurationReader reader = new(draft);
        foreach (ConfigurationFile file in files)
        {
            reader.ReadFile(file.Name, file.Content);
            if (diagnostics.Aborted) break;
        }
        if (messages is not null && draft.Globals.Quiet && !options.Verbose) messages.IsQuiet = true;
        // A lost section would only make its name missing elsewhere.
        CompiledConfiguration? compiled = null;
        if (!diagnostics.Aborted && !reader.LostSection) compiled = ConfigurationCompiler.Run(draft, options);
        if (diagnostics.HasAlerts)
        {
            diagnostics.Alert("Fatal errors found in configuration.");
            return null;
        }
        if (diagnostics.Warnings == 0 || !(draft.Globals.ZeroWarning || options.ZeroWarning)) return compiled;
        diagnostics.Say("Some warnings were found and 'zero-warning' is set. Aborting.");
        return null;
    }
}
