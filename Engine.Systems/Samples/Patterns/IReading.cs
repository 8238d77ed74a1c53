using System;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// How texts are compared by <see cref="SortedTexts{TReading}"/>: from the front or from the back, with or without case.
/// </summary>
internal interface IReading
{
    /// <summary>The byte at a distance from where reading begins, folded when case does not count.</summary>
    static abstract byte At(ByteView text, int index);

    /// <summary>Eight bytes from a distance on, the first one highest, zeros beyond the end.</summary>
    static abstract ulong Key(ByteView text, int from);

    /// <summary>Whether reading the text gives the pattern first.</summary>
    static abstract bool Begins(ByteView text, ByteView pattern);
}
