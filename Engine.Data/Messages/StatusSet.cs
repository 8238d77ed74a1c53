namespace Engine.Data.Messages;

/// <summary>A set of HTTP statuses from 100 to 599.</summary>
public sealed class StatusSet
{
    public const int Lowest = 100;
    public const int Highest = 599;

    private readonly bool[] has = new bool[Highest - Lowest + 1];

    public static StatusSet Of(int from, int to)
    {
        StatusSet set = new();
        set.Set(from, to, true);
        return set;
    }

    /// <summary>A server's own failures: 501 and 505 are its answer to what clients ask.</summary>
    public static StatusSet Failures()
    {
        StatusSet set = Of(500, Highest);
        set.Set(501, 501, false);
        set.Set(505, 505, false);
        return set;
    }

    public bool Has(int status) => (uint)(status - Lowest) < (uint)has.Length && has[status - Lowest];

    public void Set(int from, int to, bool value)
    {
        for (int status = from; status <= to; status++) has[status - Lowest] = value;
    }

    public void Clear() => Set(Lowest, Highest, false);
}
