using System;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Engine.Data.Tables;

namespace Benchmarks.Micro;

/// <summary>
/// What the table costs beside a plain array of structs and beside an object a row: making and freeing rows,
/// finding a row by handle, walking all rows.
/// </summary>
[MemoryDiagnoser]
public class TableBenchmarks
{
    private Table table = null!;
    private Column<Row> column;
    private Handle<Row>[] handles = [];
    private Row[] array = [];
    private Item[] objects = [];

    [Params(1, 1_000, 100_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        table = new Table((uint)Rows + 1);
        column = new Column<Row>((uint)Rows + 1);
        handles = new Handle<Row>[Rows];
        array = new Row[Rows];
        objects = new Item[Rows];
        for (int i = 0; i < Rows; i++)
        {
            uint row = table.Take();
            column[row].Value = i;
            handles[i] = table.HandleOf<Row>(row);
            array[i].Value = i;
            objects[i] = new Item { Value = i };
        }
    }

    [Benchmark]
    [AllocatesNothing]
    public uint TakeAndFree()
    {
        uint row = table.Take();
        column[row].Value = 1;
        table.Free(row);
        return row;
    }

    [Benchmark]
    public Item NewObject() => new() { Value = 1 };

    [Benchmark]
    [AllocatesNothing]
    public long FindByHandle()
    {
        long sum = 0;
        foreach (Handle<Row> handle in handles)
            if (table.IsLive(handle)) sum += column[handle.Row].Value;
        return sum;
    }

    [Benchmark(Baseline = true)]
    [AllocatesNothing]
    public long WalkArray()
    {
        long sum = 0;
        foreach (ref Row row in array.AsSpan()) sum += row.Value;
        return sum;
    }

    [Benchmark]
    [AllocatesNothing]
    public long WalkTable()
    {
        long sum = 0;
        uint count = table.RowsEverUsed;
        for (uint row = 0; row < count; row++)
            if (table.IsTaken(row)) sum += column[row].Value;
        return sum;
    }

    [Benchmark]
    [AllocatesNothing]
    public long WalkObjects()
    {
        long sum = 0;
        foreach (Item item in objects) sum += item.Value;
        return sum;
    }

    /// <summary>A cache line, as a hot component is.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct Row
    {
        public long Value;
    }

    /// <summary>The same as an object of its own.</summary>
    public sealed class Item
    {
        public long Value;
        public long Pad1, Pad2, Pad3, Pad4, Pad5, Pad6, Pad7;
    }
}
