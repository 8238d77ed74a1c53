using System;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Data.Variables;

/// <summary>
/// The variables of a table's rows: as many in each as the configuration names. Without any, there is no memory and
/// <see cref="Of"/> answers null.
/// </summary>
public readonly unsafe struct VariableRows
{
    /// <summary>Bytes that an unset variable keeps for its next value.</summary>
    private const int KeptMax = 256;

    private readonly Variable* variables;

    public VariableRows(uint rows, int slots)
    {
        Slots = slots;
        if (slots > 0)
            variables = (Variable*)NativeRegion.Reserve((nuint)sizeof(Variable) * (nuint)rows * (nuint)slots);
    }

    /// <summary>Variables of a row.</summary>
    public int Slots { get; }

    /// <summary>The first of a row; null when no variable is named.</summary>
    public Variable* Of(uint row) => variables == null ? null : variables + (nuint)row * (nuint)Slots;

    /// <summary>Unsets all of a row: its session or stream is over.</summary>
    public void Clear(uint row)
    {
        Variable* first = Of(row);
        for (int i = 0; i < Slots; i++) Forget(first + i);
    }

    /// <summary>Takes a value over, bytes copied. The value may be a part of what the variable holds.</summary>
    public static void Set(Variable* variable, in Sample sample)
    {
        variable->Exists = true;
        variable->Integer = sample.Integer;
        variable->Address = sample.Address;
        bool hasBytes = sample.Type is SampleType.String or SampleType.Binary or SampleType.Method;
        variable->Length = 0;
        if (hasBytes && sample.Bytes.Length > 0) Copy(variable, sample.Bytes);
        variable->Type = sample.Type;
    }

    /// <summary>The value, its bytes where the variable keeps them. False: it is not set.</summary>
    public static bool TryGet(Variable* variable, ref Sample sample)
    {
        if (variable->Type == SampleType.None) return false;
        sample.Type = variable->Type;
        sample.Integer = variable->Integer;
        sample.Address = variable->Address;
        sample.Bytes = new ByteView(variable->Bytes, variable->Length);
        return true;
    }

    /// <summary>Unsets a variable whose scope is over; it does not exist any more, large memory is given back.</summary>
    public static void Forget(Variable* variable)
    {
        variable->Type = SampleType.None;
        variable->Exists = false;
        if (variable->Capacity <= KeptMax) return;
        NativeMemory.Free(variable->Bytes);
        variable->Bytes = null;
        variable->Capacity = 0;
    }

    private static void Copy(Variable* variable, ByteView bytes)
    {
        if (bytes.Length > variable->Capacity)
        {
            // The old bytes go last: the value may point into them.
            int capacity = Math.Max(64, checked((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bytes.Length)));
            byte* larger = (byte*)NativeMemory.Alloc((nuint)capacity);
            bytes.Span.CopyTo(new Span<byte>(larger, capacity));
            NativeMemory.Free(variable->Bytes);
            variable->Bytes = larger;
            variable->Capacity = capacity;
        }
        else
        {
            bytes.Span.CopyTo(new Span<byte>(variable->Bytes, variable->Capacity));
        }
        variable->Length = bytes.Length;
    }
}
