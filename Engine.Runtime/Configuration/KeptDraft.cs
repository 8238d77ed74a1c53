using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>What was read of the files, kept for lines that the Runtime API brings while the process runs.</summary>
internal sealed class KeptDraft
{
    public ConfigurationDraft? Draft;

    /// <summary>That of a configuration that was read from files.</summary>
    public static ConfigurationDraft Of(CompiledConfiguration configuration) => configuration.Parts.Get<KeptDraft>().Draft!;
}
