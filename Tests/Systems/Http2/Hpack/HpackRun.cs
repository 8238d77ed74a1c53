using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Http2;
using Engine.Systems.Http2.Hpack;

namespace Tests.Systems.Http2.Hpack;

/// <summary>A decoder with its table, for blocks one after the other.</summary>
public sealed unsafe class HpackRun : IDisposable
{
    private const int ScratchSize = 1 << 17;

    private byte* memory;
    private byte* scratch = (byte*)NativeMemory.Alloc(ScratchSize);
    public HpackTable Table;

    public HpackRun(int limit = 4096)
    {
        memory = (byte*)NativeMemory.AllocZeroed((nuint)HpackTable.MemoryFor(limit));
        Table = HpackTable.In(memory, limit);
    }

    /// <summary>The fields of a block as <c>name: value</c>; the last says how it ended.</summary>
    public (HpackResult Result, List<string> Fields) Decode(byte[] block)
    {
        List<string> fields = [];
        // A copy of just its size, so that a reader that goes too far meets other bytes.
        byte* copy = (byte*)NativeMemory.Alloc((nuint)block.Length + 1);
        block.CopyTo(new Span<byte>(copy, block.Length));
        copy[block.Length] = 0xAA;
        HpackReader reader = new(copy, block.Length, scratch, ScratchSize);
        HpackResult result;
        while ((result = reader.Next(ref Table, out HpackField field)) == HpackResult.Field)
            fields.Add($"{Encoding.Latin1.GetString(field.NameSpan)}: {Encoding.Latin1.GetString(field.ValueSpan)}");
        NativeMemory.Free(copy);
        return (result, fields);
    }

    /// <summary>What the dynamic table holds, newest first.</summary>
    public List<string> Entries()
    {
        List<string> entries = [];
        for (int i = 0; i < Table.Count; i++)
        {
            Table.Read(i, out byte* name, out int nameLength, out byte* value, out int valueLength);
            entries.Add(Encoding.Latin1.GetString(name, nameLength) + ": " + Encoding.Latin1.GetString(value, valueLength));
        }
        return entries;
    }

    public void Dispose()
    {
        NativeMemory.Free(memory);
        NativeMemory.Free(scratch);
        memory = null;
        scratch = null;
    }
}
