using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The keys of a map, looked up by one of the match methods.</summary>
internal abstract class MapIndex
{
    /// <summary>Number of the entry that the sample, of the method's input type, finds; -1: none. Allocates nothing.</summary>
    public abstract int Find(ref Evaluation scope, in Sample sample);
}
