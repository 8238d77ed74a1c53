using Engine.Data.Messages;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// A line that gives answers: an <c>errorfiles</c> line with the section it names and the statuses it wants of it, none
/// for all, or, without a name, the message of an <c>errorfile</c> or <c>errorloc</c> line for its one status.
/// </summary>
internal sealed record ErrorFilesLine(string? Name, int[] Statuses, StoredMessage? Message, string File, int Line)
{
    /// <summary>An <c>http-error</c> line: what is made when it is needed.</summary>
    public object? Made { get; init; }
}
