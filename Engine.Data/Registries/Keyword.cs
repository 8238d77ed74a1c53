using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>The first word of a line of the configuration, with the sections where it may stand.</summary>
public sealed unsafe class Keyword(
    string word,
    SectionKinds sections,
    string usage,
    delegate*<Directive, void> parse) : Row(word, usage)
{
    public readonly SectionKinds Sections = sections;

    /// <summary>Reads the rest of the line into the draft. Reports what it refuses through the directive.</summary>
    public readonly delegate*<Directive, void> Parse = parse;

    /// <summary><c>no word</c> is understood: the parser looks at <see cref="Directive.Negated"/>.</summary>
    public bool MayBeNegated;

    /// <summary>A defaults section must have a name to carry it, as for rules and what they use.</summary>
    public bool NeedsNamedDefaults;

    /// <summary>
    /// In a proxy that lacks the needed side the line is an error; otherwise it is ignored with a warning, as the
    /// reference does for most words.
    /// </summary>
    public bool StrictSide;

    /// <summary>
    /// The ignored line is read into the proxy all the same, and what is looked at when all is read tells what is wrong
    /// with it, such as names that nobody has.
    /// </summary>
    public bool IsCheckedAnyway;

    /// <summary>Advice at the end of that warning, with its leading space.</summary>
    public string SideHint = "";

    public override bool ClashesWith(Row other) => (Sections & ((Keyword)other).Sections) != 0;
}
