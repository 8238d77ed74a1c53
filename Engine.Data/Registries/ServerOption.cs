using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A word of a <c>server</c> or <c>default-server</c> line (manual section 5.2).</summary>
public sealed unsafe class ServerOption(
    string word,
    int argumentCount,
    string usage,
    delegate*<Directive, ServerDraft, void> parse) : Row(word, usage)
{
    /// <summary>Words it takes behind it; -1 when it varies.</summary>
    public readonly int ArgumentCount = argumentCount;

    /// <summary>Reads its arguments from the directive, which stands behind the word.</summary>
    public readonly delegate*<Directive, ServerDraft, void> Parse = parse;

    /// <summary>Whether <c>default-server</c> may carry it.</summary>
    public bool InDefaultServer = true;
}
