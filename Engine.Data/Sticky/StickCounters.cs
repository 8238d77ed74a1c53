using Engine.Data.Tables;

namespace Engine.Data.Sticky;

/// <summary>
/// What the rows of a table track: <c>tune.stick-counters</c> places in each. Where no rule tracks there is no memory, and
/// <see cref="Of"/> answers null.
/// </summary>
public readonly unsafe struct StickCounters
{
    private readonly StickCounter* counters;

    public StickCounters(uint rows, int each)
    {
        Each = each;
        if (each > 0)
            counters = (StickCounter*)NativeRegion.Reserve((nuint)sizeof(StickCounter) * (nuint)rows * (nuint)each);
    }

    /// <summary>Places of a row; 0 where nothing is tracked.</summary>
    public int Each { get; }

    /// <summary>The first place of a row; null where nothing is tracked.</summary>
    public StickCounter* Of(uint row) => counters == null ? null : counters + ((nuint)row * (nuint)Each);
}
