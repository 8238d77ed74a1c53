namespace Engine.Runtime.Configuration;

/// <summary>A configuration file in memory.</summary>
public sealed class ConfigurationFile(string name, byte[] content)
{
    /// <summary>As given on the command line, or found in a directory: what messages call it.</summary>
    public readonly string Name = name;

    /// <summary>The bytes, unchecked.</summary>
    public readonly byte[] Content = content;
}
