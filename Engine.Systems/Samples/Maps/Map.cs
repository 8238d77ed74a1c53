using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>A map as one converter uses it.</summary>
/// <param name="name">The file as named on the line.</param>
/// <param name="entries">Its lines.</param>
/// <param name="index">Finds the number of an entry.</param>
internal sealed class Map(string name, MapEntry[] entries, MapIndex index)
{
    public string Name { get; } = name;

    public MapEntry[] Entries { get; } = entries;

    public MapIndex Index { get; } = index;

    /// <summary>The default argument as an address.</summary>
    public MapEntry Otherwise;

    public bool TryFind(ref Evaluation scope, in Sample sample, out int number)
    {
        number = Index.Find(ref scope, in sample);
        return number >= 0;
    }
}
