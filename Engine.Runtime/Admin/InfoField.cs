using System;

namespace Engine.Runtime.Admin;

/// <summary>
/// A line of <c>show info</c>. Positions are for ever: tools count on them (management guide section 9.3).
/// </summary>
/// <param name="Position">In the typed and JSON forms.</param>
/// <param name="Name">As tools match it.</param>
/// <param name="Tags">Origin, nature, scope and persistence, a letter each (section 9.2).</param>
/// <param name="Type"><c>str</c>, <c>u32</c> or <c>u64</c>.</param>
/// <param name="Description">For <c>desc</c>.</param>
/// <param name="Read">The value as text; null: the line is left out.</param>
internal sealed record InfoField(
    int Position,
    string Name,
    string Tags,
    string Type,
    string Description,
    Func<InfoSource, string?> Read)
{
    /// <summary>With <c>float</c> it may have digits behind the point.</summary>
    public bool HasFraction { get; init; }

    public string TypeIn(InfoSource source) => source.Float && HasFraction ? "flt" : Type;

    /// <summary>Two gauges are rates there.</summary>
    public string TagsIn(InfoSource source) => source.Float && HasFraction && Tags == "MGPV" ? "MRPV" : Tags;
}
