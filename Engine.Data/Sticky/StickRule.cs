using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Data.Sticky;

/// <summary>A <c>stick</c> line of a backend (manual section 4.2): which key, in which table, ties to which server.</summary>
public sealed class StickRule
{
    public SampleExpression Expression = null!;

    /// <summary>Null: always.</summary>
    public Condition? Condition;

    /// <summary>Number of the table; -1 until names are resolved.</summary>
    public int Table = -1;

    /// <summary><c>match</c> and <c>on</c>: an entry that is there gives the server.</summary>
    public bool Matches;

    /// <summary><c>store-request</c>, <c>store-response</c> and <c>on</c>: the server is written into the entry.</summary>
    public bool Stores;

    /// <summary><c>store-response</c>: the key is in the response.</summary>
    public bool OfResponse;

    /// <summary>As the line names it; null: the backend's own.</summary>
    public string? TableName;
}
