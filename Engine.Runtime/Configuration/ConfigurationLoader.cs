using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>From files to what the engine runs.</summary>
public static class ConfigurationLoader
{
    /// <summary>
    /// Reads and compiles. Null when something is wrong; all of it was reported then. Words must be registered
    /// (<see cref="WordFiles.Register"/>).
    /// </summary>
    public static CompiledConfiguration? Run(IReadOnlyList<ConfigurationFile> files, Diagnostics diagnostics)
    {
        ConfigurationDraft draft = new(diagnostics);
        ConfigurationReader reader = new(draft);
        foreach (ConfigurationFile file in files)
        {
            reader.ReadFile(file.Name, file.Content);
            if (diagnostics.Aborted) break;
        }
        // A lost section would only make its name missing elsewhere.
        CompiledConfiguration? compiled = null;
        if (!diagnostics.Aborted && !reader.LostSection) compiled = ConfigurationCompiler.Run(draft);
        if (!diagnostics.HasAlerts) return compiled;
        diagnostics.Alert("Fatal errors found in configuration.");
        return null;
    }
}
