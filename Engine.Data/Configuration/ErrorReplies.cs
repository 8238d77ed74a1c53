using Engine.Data.Messages;

namespace Engine.Data.Configuration;

/// <summary>
/// The complete messages a proxy answers errors with, by status. A status
/// without an entry falls back to the standard answers; an empty entry closes without a word.
/// </summary>
public sealed class ErrorReplies
{
    /// <summary>No errorfile anywhere.</summary>
    public static readonly ErrorReplies Standard = new();

    private readonly StoredMessage?[] byStatus = new StoredMessage?[600];

    /// <summary>Replies that are made when they are needed (<c>http-error</c>): objects that their own files know.</summary>
    private readonly object?[] made = new object?[600];

    public void Set(int status, StoredMessage message)
    {
        byStatus[status] = message;
        made[status] = null;
    }

    public void SetMade(int status, object reply)
    {
        made[status] = reply;
        byStatus[status] = null;
    }

    /// <summary>The reply that is to be made, null where there is none.</summary>
    public object? FindMade(int status) => (uint)status < (uint)made.Length ? made[status] : null;

    /// <summary>The configured message, or null when the standard one is to be used.</summary>
    public StoredMessage? Find(int status) => (uint)status < (uint)byStatus.Length ? byStatus[status] : null;

    public ErrorReplies Copy()
    {
        ErrorReplies copy = new();
        byStatus.CopyTo(copy.byStatus, 0);
        made.CopyTo(copy.made, 0);
        return copy;
    }
}
