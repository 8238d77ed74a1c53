namespace Engine.Data.Patterns;

/// <summary>
/// An entry of a list. Its key stays; its value is swapped whole. Worker threads hold entries only while they evaluate,
/// and the garbage collector takes those that were removed.
/// </summary>
/// <param name="key">As written, one byte a character.</param>
/// <param name="value">Of a map; <see cref="PatternValue.None"/> in a list of one column.</param>
/// <param name="number">Greater than that of every entry before: where several match, the least counts.</param>
/// <param name="line">Line of the file, from 1; 0: no line of a file.</param>
public sealed class PatternEntry(byte[] key, PatternValue value, ulong number, int line)
{
    private volatile PatternValue current = value;
    private volatile bool gone;

    public byte[] Key { get; } = key;

    public ulong Number { get; } = number;

    public int Line { get; } = line;

    /// <summary>The configuration says it: names may be resolved.</summary>
    public bool IsConfigured { get; init; }

    public PatternValue Value
    {
        get => current;
        set => current = value;
    }

    /// <summary>Removed: whoever still finds it goes on to the next.</summary>
    public bool Gone
    {
        get => gone;
        set => gone = value;
    }

    // The order of the list and the entries of the same key: for those who hold the list's lock.
    internal PatternEntry? Before;
    internal PatternEntry? After;
    internal PatternEntry? SameAfter;
    internal PatternEntry? SameLast;
}
