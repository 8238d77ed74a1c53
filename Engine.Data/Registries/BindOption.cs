using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A word of a <c>bind</c> or <c>stats socket</c> line (manual section 5.1).</summary>
public sealed unsafe class BindOption(
    string word,
    int argumentCount,
    string usage,
    delegate*<Directive, BindDraft, void> parse) : Row(word, usage)
{
    /// <summary>Words it takes behind it; -1 when it varies.</summary>
    public readonly int ArgumentCount = argumentCount;

    /// <summary>The word it goes with, as listings group them: <c>ssl</c>; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Reads its arguments from the directive, which stands behind the word.</summary>
    public readonly delegate*<Directive, BindDraft, void> Parse = parse;
}
