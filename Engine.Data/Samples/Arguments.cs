using Engine.Data.Messages;

namespace Engine.Data.Samples;

/// <summary>The parsed arguments of a fetch or converter, as many as the word can take.</summary>
public sealed class Arguments
{
    public static readonly Arguments None = new();

    public Argument[] Items = [];

    /// <summary>Parentheses stood, be it with nothing between them.</summary>
    public bool IsListed;

    /// <summary>What the word's own parser prepared from them: an object only its own file knows.</summary>
    public object? Prepared;

    public bool Has(int index) => (uint)index < (uint)Items.Length && Items[index].Given;

    public ByteView Text(int index) => (uint)index < (uint)Items.Length ? Items[index].Text : default;

    public long Integer(int index, long otherwise = 0) => Has(index) ? Items[index].Integer : otherwise;
}
