namespace Engine.Data.Registries;

/// <summary>A word of <c>acl</c> lines that is a fetch with a match method: <c>path_beg</c> is <c>path -m beg</c>.</summary>
public sealed class AclWord(string word, string fetch, string match) : Row(word, "")
{
    public string Fetch { get; } = fetch;

    public string Match { get; } = match;

    /// <summary>Its patterns are versions, <c>3.1</c>.</summary>
    public bool HasDottedNumbers { get; init; }
}
