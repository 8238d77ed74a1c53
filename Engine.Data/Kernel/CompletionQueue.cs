using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Kernel;

/// <summary>What the kernel back end hands to the systems at the start of a tick.</summary>
public sealed unsafe class CompletionQueue
{
    private readonly Completion* completions;
    private readonly uint capacity;

    public CompletionQueue(uint capacity)
    {
        this.capacity = capacity;
        completions = (Completion*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(Completion));
    }

    public uint Count { get; private set; }

    /// <summary>Entries that can still be added: a back end stops collecting when this reaches 0.</summary>
    public uint Room => capacity - Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Completion Add()
    {
        Check.That(Count < capacity);
        ref Completion completion = ref completions[Count++];
        completion = default;
        return ref completion;
    }

    public Span<Completion> Items => new(completions, (int)Count);

    public void Clear() => Count = 0;
}
