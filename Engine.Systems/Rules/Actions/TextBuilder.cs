using System;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Rules.Actions;

/// <summary>Puts pieces together at the front of the scratch area; what does not fit is noticed at the end.</summary>
public ref struct TextBuilder(Span<byte> space)
{
    private readonly Span<byte> space = space;
    private int length;
    private bool overflow;

    public readonly int Length => length;

    public void Add(scoped ReadOnlySpan<byte> text)
    {
        if (overflow || text.Length > space.Length - length)
        {
            overflow = true;
            return;
        }
        text.CopyTo(space[length..]);
        length += text.Length;
    }

    public void Add(ByteView text) => Add(text.Span);

    public void AddNumber(ulong value)
    {
        Span<byte> digits = stackalloc byte[WriteNumber.DecimalMax];
        Add(digits[..WriteNumber.Decimal(digits, value)]);
    }

    /// <summary>Keeps the text in the scratch area that the space is the front of. False: it did not fit.</summary>
    public readonly bool TryCommit(ref Scratch scratch, out ByteView text)
    {
        text = overflow ? default : scratch.Commit(length);
        return !overflow;
    }
}
