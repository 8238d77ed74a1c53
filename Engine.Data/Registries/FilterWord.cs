using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A filter that a <c>filter</c> line can name.</summary>
public sealed unsafe class FilterWord(string word, string usage, delegate*<Directive, void> parse) : Row(word, usage)
{
    public readonly delegate*<Directive, void> Parse = parse;
}
