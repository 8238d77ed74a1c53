using System.Collections.Generic;
using Engine.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Data.Tables;

public sealed class TableTests
{
    [Fact]
    public void Take_answers_none_when_full_and_works_again_after_a_free()
    {
        Table table = new(3);
        uint[] rows = [table.Take(), table.Take(), table.Take()];
        Assert.Equal([0u, 1u, 2u], rows);
        Assert.Equal(Table.NoRow, table.Take());
        table.Free(1);
        Assert.Equal(1u, table.Take());
        Assert.Equal(3u, table.Count);
    }

    [Fact]
    public void A_handle_dies_with_its_row_and_never_names_the_next_owner()
    {
        Table table = new(4);
        uint row = table.Take();
        Handle<int> old = table.HandleOf<int>(row);
        Assert.True(table.IsLive(old));
        table.Free(row);
        Assert.False(table.IsLive(old));
        Assert.Equal(row, table.Take());
        Assert.False(table.IsLive(old));
        Assert.True(table.IsLive(table.HandleOf<int>(row)));
    }

    [Fact]
    public void Freeing_twice_is_caught()
    {
        Table table = new(4);
        uint row = table.Take();
        table.Free(row);
        Assert.Throws<CheckFailedException>(() => table.Free(row));
    }

    [Fact]
    public void Handles_that_were_never_given_are_not_live()
    {
        Table table = new(4);
        Assert.False(table.IsLive(Handle<int>.None));
        Assert.False(table.IsLive(new Handle<int>(3, 0)));
        Assert.False(table.IsLive(new Handle<int>(uint.MaxValue, 1)));
    }

    [Fact]
    public void Rows_keep_their_address_and_their_value_whatever_is_taken_and_freed()
    {
        Table table = new(1000);
        Column<long> column = new(1000);
        Prop.ForAll(
            ArbMap.Default.ArbFor<bool[]>(),
            steps =>
            {
                Dictionary<uint, long> expected = [];
                List<uint> live = [];
                long next = 1;
                foreach (bool take in steps)
                {
                    if (take || live.Count == 0)
                    {
                        uint row = table.Take();
                        column[row] = next;
                        expected[row] = next++;
                        live.Add(row);
                    }
                    else
                    {
                        uint row = live[(int)(next % live.Count)];
                        live.Remove(row);
                        expected.Remove(row);
                        table.Free(row);
                    }
                }
                bool same = table.Count == (uint)live.Count;
                foreach ((uint row, long value) in expected) same &= table.IsTaken(row) && column[row] == value;
                foreach (uint row in live) table.Free(row);
                return same;
            }).QuickCheckThrowOnFailure();
    }
}
