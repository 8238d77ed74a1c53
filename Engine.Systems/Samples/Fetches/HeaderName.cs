using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The prepared arguments of fetches that name a header: <c>(name,occurrence)</c>.</summary>
internal sealed class HeaderName
{
    /// <summary>Occurrences are looked up backwards so far at most.</summary>
    private const int BackwardsMax = 10;

    /// <summary>In lower case; empty: any header.</summary>
    public readonly ByteView Name;

    public readonly KnownHeader Known;

    /// <summary>From 1 forwards, from -1 backwards; 0: not given.</summary>
    public readonly int Occurrence;

    /// <summary>Parentheses stood: without a name between them any field is meant.</summary>
    public readonly bool IsListed;

    private HeaderName(ByteView name, int occurrence, bool isListed)
    {
        IsListed = isListed;
        Name = name;
        Known = KnownHeaders.Find(name.Span);
        Occurrence = occurrence;
    }

    /// <summary>A name on a line, any occurrence.</summary>
    public static HeaderName Of(string name) => new(ByteView.Literal(name.ToLowerInvariant()), 0, isListed: true);

    /// <summary>Prepares the arguments; answers what is wrong with them.</summary>
    public static string? Prepare(ParsePlace place, Arguments arguments)
    {
        long occurrence = arguments.Integer(1);
        if (occurrence < -BackwardsMax) return $"header occurrence must be >= -{BackwardsMax}";
        string name = arguments.Text(0).ToString().ToLowerInvariant();
        arguments.Prepared = new HeaderName(ByteView.Literal(name), (int)System.Math.Min(occurrence, int.MaxValue), arguments.IsListed);
        return null;
    }

    /// <summary>Whether a field of the index is meant: names stand there in lower case.</summary>
    public bool IsNameOf(in HeaderField field) =>
        !field.Removed
        && (Known != KnownHeader.None
            ? field.Known == Known
            : Name.IsEmpty || (field.NameLength == Name.Length && System.MemoryExtensions.SequenceEqual(
                field.NameSpan, Name.Span)));
}
