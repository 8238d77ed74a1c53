namespace Engine.Data.Registries;

/// <summary>A service that <c>use-service</c> can name.</summary>
public sealed class ServiceWord(string word, string usage) : Row(word, usage);
