using System;
using Engine.Data.Messages;

namespace Engine.Data.Samples;

/// <summary>The parsed arguments of a fetch or converter.</summary>
public sealed class Arguments
{
    public static readonly Arguments None = new();

    public ByteView[] Texts = [];
    public long[] Integers = [];

    /// <summary>What else the word's own parser prepared.</summary>
    public object? Prepared;
}
