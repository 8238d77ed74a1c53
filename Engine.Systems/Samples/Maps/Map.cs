using Engine.Data.Kernel;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>A map as one converter uses it.</summary>
/// <param name="list">Its lines.</param>
/// <param name="use">Number of the index that the converter's method looks up.</param>
internal sealed class Map(PatternList list, int use)
{
    /// <summary>The default argument as an address.</summary>
    public SampleType OtherwiseType;
    public AddressBytes Otherwise;

    public PatternIndex Index => list.Live[use]!;

    /// <summary>Null: nothing matches.</summary>
    public PatternEntry? Find(ref Evaluation scope, in Sample sample) => Index.Find(ref scope, in sample);
}
