namespace Engine.Data.Sticky;

/// <summary>Where the data of a table's entries stand: built from the <c>store</c> words, then never changed.</summary>
public sealed class StickLayout
{
    private const int KeyOffset = 32;

    private readonly int[] offsets = new int[StickDataRow.All.Length];
    private readonly ushort[] counts = new ushort[StickDataRow.All.Length];
    private readonly uint[] periods = new uint[StickDataRow.All.Length];

    /// <summary>Bytes of an entry; set by <see cref="Place"/>.</summary>
    public int EntrySize { get; private set; }

    public bool Has(StickData data) => counts[(int)data] > 0;

    /// <summary>Some datum is about bytes.</summary>
    public bool CountsBytes =>
        Has(StickData.BytesInCount) || Has(StickData.BytesInRate) || Has(StickData.BytesOutCount) || Has(StickData.BytesOutRate);

    /// <summary>Elements; 1 where it is no array, 0 when it is not stored.</summary>
    public int CountOf(StickData data) => counts[(int)data];

    /// <summary>Period of a rate, milliseconds.</summary>
    public uint PeriodOf(StickData data) => periods[(int)data];

    /// <summary>Bytes from the entry's begin; meaningful after <see cref="Place"/> for what is stored.</summary>
    public int OffsetOf(StickData data) => offsets[(int)data];

    /// <summary>
    /// Finds what stands for a datum: <c>gpc0</c> and <c>gpc1</c>, their rates and <c>gpt0</c> are elements of arrays where
    /// those are stored. False: nothing does.
    /// </summary>
    /// <param name="data">Which, and then which stands for it.</param>
    /// <param name="index">Element asked for, 0 where it is no array; and then the element.</param>
    public bool TryResolve(ref StickData data, ref int index)
    {
        if (counts[(int)data] > index) return true;
        if (index != 0) return false;
        (StickData array, int element) = data switch
        {
            StickData.Gpc0 => (StickData.Gpc, 0),
            StickData.Gpc1 => (StickData.Gpc, 1),
            StickData.Gpc0Rate => (StickData.GpcRate, 0),
            StickData.Gpc1Rate => (StickData.GpcRate, 1),
            StickData.Gpt0 => (StickData.Gpt, 0),
            _ => (data, 0),
        };
        if (counts[(int)array] <= element) return false;
        data = array;
        index = element;
        return true;
    }

    /// <summary>Has a datum stored.</summary>
    /// <param name="data">Which.</param>
    /// <param name="count">Elements, 1 where it is no array.</param>
    /// <param name="periodMs">Period of a rate, else 0.</param>
    public void Store(StickData data, int count, uint periodMs)
    {
        counts[(int)data] = (ushort)count;
        periods[(int)data] = periodMs;
    }

    /// <summary>Gives everything its place: header, 64-bit counters, key, the rest.</summary>
    /// <param name="keyLength">Bytes of a key at most.</param>
    /// <returns>Where the key stands.</returns>
    public int Place(int keyLength)
    {
        int at = KeyOffset;
        foreach (StickDataRow row in StickDataRow.All)
            if (row.Kind == StickDataKind.LongCounter) at = PlaceOne(row, at);
        int key = at;
        at = (at + keyLength + 3) & ~3;
        foreach (StickDataRow row in StickDataRow.All)
            if (row.Kind != StickDataKind.LongCounter) at = PlaceOne(row, at);
        EntrySize = (at + 7) & ~7;
        return key;
    }

    private int PlaceOne(StickDataRow row, int at)
    {
        int count = counts[(int)row.Data];
        if (count == 0) return at;
        offsets[(int)row.Data] = at;
        return at + (row.Size * count);
    }
}
