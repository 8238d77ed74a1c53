using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A word that may follow <c>option</c> (manual section 4.2).</summary>
public sealed unsafe class OptionWord(string word, SectionKinds sections, string usage) : Row(word, usage)
{
    /// <summary>A proxy of another kind ignores the option with a warning.</summary>
    public readonly SectionKinds Sections = sections;

    /// <summary>A plain yes or no: the bit it sets; None when <see cref="Parse"/> does the work.</summary>
    public ProxyOptions Bit;

    /// <summary>Bits that setting this one clears.</summary>
    public ProxyOptions Clears;

    /// <summary>An old name: what to write instead, said in a warning. Empty: none.</summary>
    public string ReplacedBy = "";

    /// <summary>Only meaningful in <c>mode http</c>: ignored with a warning elsewhere.</summary>
    public bool HttpOnly;

    /// <summary>Reads an option with arguments; the directive stands behind the option's word. Null for a plain bit.</summary>
    public delegate*<Directive, void> Parse;

    /// <summary>Whether <c>no option word</c> is understood.</summary>
    public bool MayBeNegated = true;
}
