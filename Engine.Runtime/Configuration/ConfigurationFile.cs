namespace Engine.Runtime.Configuration;

/// <summary>A configuration file in memory.</summary>
/// <param name="Name">As given on the command line, or found in a directory: what messages call it.</param>
/// <param name="Content">The bytes, unchecked.</param>
public readonly record struct ConfigurationFile(string Name, byte[] Content);
