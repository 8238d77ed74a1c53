using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A word that opens a section.</summary>
public sealed unsafe class SectionWord(
    string word,
    SectionKinds kind,
    string usage,
    delegate*<Directive, void> open) : Row(word, usage)
{
    public readonly SectionKinds Kind = kind;

    /// <summary>Reads the opening line; sets the directive's proxy for sections that have one.</summary>
    public readonly delegate*<Directive, void> Open = open;

    /// <summary>Called when the next section begins or the files end. Null: nothing to do.</summary>
    public delegate*<Directive, void> Close;
}
