using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Finds any of many texts in one pass over a value (the automaton of Aho and Corasick): a state is the longest end of
/// what was read that begins some text. Steps stand in a hash table; where there is none, the next shorter such end is
/// tried, which costs at most one step a byte in the long run.
/// </summary>
internal sealed unsafe class TextAutomaton
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly bool ignoreCase;
    private readonly int* shorter;
    private readonly bool* final;
    private readonly Step* steps;
    private readonly int shift;
    private readonly ulong mask;

    private struct Step
    {
        /// <summary>State times 256 and the byte, plus 1: 0 marks an empty slot.</summary>
        public ulong Key;

        public int To;
    }

    public TextAutomaton(ValueList<ByteView> texts, bool ignoreCase)
    {
        this.ignoreCase = ignoreCase;
        Dictionary<ulong, int> tree = [];
        List<int> parents = [0];
        List<byte> bytes = [0];
        HashSet<int> ends = [];
        foreach (ByteView text in texts) ends.Add(Plant(text, tree, parents, bytes));

        int states = parents.Count;
        shorter = (int*)NativeMemory.AllocZeroed((nuint)states, sizeof(int));
        final = (bool*)NativeMemory.AllocZeroed((nuint)states, sizeof(bool));
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, tree.Count * 2));
        steps = (Step*)NativeMemory.AllocZeroed((nuint)slots, (nuint)sizeof(Step));
        mask = (ulong)slots - 1;
        shift = 64 - BitOperations.Log2((uint)slots);
        foreach ((ulong key, int to) in tree) Insert(key, to);
        foreach (int end in ends) final[end] = true;
        Connect(parents, bytes);
    }

    public bool Finds(ByteView value)
    {
        if (final[0]) return true;
        int state = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte next = ignoreCase ? AsciiCase.Lower(value.Start[i]) : value.Start[i];
            state = Advance(state, next);
            if (final[state]) return true;
        }
        return false;
    }

    private int Plant(ByteView text, Dictionary<ulong, int> tree, List<int> parents, List<byte> bytes)
    {
        int state = 0;
        foreach (byte value in text.Span)
        {
            byte next = ignoreCase ? AsciiCase.Lower(value) : value;
            ulong key = KeyOf(state, next);
            if (!tree.TryGetValue(key, out int to))
            {
                to = parents.Count;
                tree.Add(key, to);
                parents.Add(state);
                bytes.Add(next);
            }
            state = to;
        }
        return state;
    }

    /// <summary>States were numbered text by text, so the shorter ends are found level by level.</summary>
    private void Connect(List<int> parents, List<byte> bytes)
    {
        int[] depth = new int[parents.Count];
        int[] order = new int[parents.Count];
        for (int i = 1; i < depth.Length; i++)
        {
            depth[i] = depth[parents[i]] + 1;
            order[i] = i;
        }
        Array.Sort((int[])depth.Clone(), order);
        foreach (int state in order)
        {
            if (state == 0 || parents[state] == 0) continue;
            shorter[state] = Advance(shorter[parents[state]], bytes[state]);
            final[state] |= final[shorter[state]];
        }
    }

    private int Advance(int state, byte next)
    {
        while (true)
        {
            int to = Look(KeyOf(state, next));
            if (to != 0) return to;
            if (state == 0) return 0;
            state = shorter[state];
        }
    }

    private int Look(ulong key)
    {
        for (ulong slot = SlotOf(key); steps[slot].Key != 0; slot = (slot + 1) & mask)
        {
            if (steps[slot].Key == key) return steps[slot].To;
        }
        return 0;
    }

    private void Insert(ulong key, int to)
    {
        ulong slot = SlotOf(key);
        while (steps[slot].Key != 0) slot = (slot + 1) & mask;
        steps[slot] = new Step { Key = key, To = to };
    }

    private ulong SlotOf(ulong key) => (key * Multiplier) >> shift;

    private static ulong KeyOf(int state, byte next) => ((ulong)(uint)state << 8) + next + 1;
}
