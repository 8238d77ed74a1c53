namespace Engine.Data.Configuration;

/// <summary>An <c>http-errors</c> section: messages by status.</summary>
public sealed record HttpErrorSection(string File, int Line)
{
    public ErrorReplies Replies { get; } = new();
}
