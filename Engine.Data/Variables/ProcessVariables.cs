using System.Collections.Generic;
using Engine.Data.Samples;
using Engine.Data.Shared;

namespace Engine.Data.Variables;

/// <summary>
/// The variables of scope <c>proc</c>: all threads read and write them, under a lock held for the copy of a value.
/// </summary>
public sealed unsafe class ProcessVariables
{
    private readonly VariableRows rows;
    private ShortLock gate;

    public ProcessVariables(int count) => rows = new VariableRows(1, count);

    /// <summary>So many variables there is room for.</summary>
    public int Slots => rows.Slots;

    /// <summary>Bytes that all of them hold.</summary>
    public long Bytes
    {
        get
        {
            long sum = 0;
            Variable* first = rows.Of(0);
            gate.Enter();
            for (int i = 0; i < rows.Slots; i++)
            {
                if (first[i].Type != SampleType.None) sum += VariableLimits.Overhead + first[i].Length;
            }
            gate.Exit();
            return sum;
        }
    }

    /// <summary>Copies the value out. False: it is not set, or the bytes do not fit into the scratch area.</summary>
    public bool TryGet(int slot, ref Scratch scratch, ref Sample sample)
    {
        if (slot >= rows.Slots) return false; // named by a command, and there is no room for it
        gate.Enter();
        bool found = VariableRows.TryGet(rows.Of(0) + slot, ref sample)
            && (sample.Bytes.IsEmpty || scratch.TryCopy(sample.Bytes.Span, out sample.Bytes));
        gate.Exit();
        return found;
    }

    public void Set(int slot, in Sample sample)
    {
        gate.Enter();
        VariableRows.Set(rows.Of(0) + slot, in sample);
        gate.Exit();
    }

    public void Unset(int slot)
    {
        gate.Enter();
        rows.Of(0)[slot].Type = SampleType.None;
        gate.Exit();
    }
}
