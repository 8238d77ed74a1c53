namespace Engine.Data.Configuration;

/// <summary>A server while its line is read, or what <c>default-server</c> sets.</summary>
public sealed class ServerDraft(Server target)
{
    public Server Target { get; } = target;

    /// <summary>The line is <c>default-server</c>.</summary>
    public bool IsDefault { get; init; }

    public PartBag Parts { get; } = new();
}
