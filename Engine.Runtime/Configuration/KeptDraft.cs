using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>What was read of the files, kept for lines that the Runtime API brings while the process runs.</summary>
internal sealed class KeptDraft
{
    public ConfigurationDraft? Draft;
}
