using Engine.Data.Samples;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>What is asked of an entry, or done to it, when a sample is taken.</summary>
internal interface IStickOperation
{
    /// <summary>Entries are made for it.</summary>
    static abstract bool Creates { get; }

    /// <summary>Answers for an entry that is held. False: what is asked for is not stored.</summary>
    /// <param name="scope">Gives the time.</param>
    /// <param name="table">The entry's table.</param>
    /// <param name="row">The entry.</param>
    /// <param name="index">Element of an array; 0 where none is asked for.</param>
    /// <param name="sample">The answer.</param>
    static abstract bool Run(ref Evaluation scope, StickTable table, uint row, int index, ref Sample sample);
}
