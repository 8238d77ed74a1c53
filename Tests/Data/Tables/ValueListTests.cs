using System;
using System.Collections.Generic;
using Engine.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Data.Tables;

public sealed class ValueListTests
{
    [Fact]
    public void It_keeps_what_was_added_in_order() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), items =>
        {
            ValueList<int> list = new();
            foreach (int item in items) list.Add(item);
            List<int> walked = [];
            foreach (int item in list) walked.Add(item);
            Assert.Equal(items.Length, list.Count);
            Assert.Equal(items, walked);
            Assert.Equal(items, list.ToArray());
            int[] sorted = [.. items];
            Array.Sort(sorted);
            Assert.Equal(sorted, list.ToSortedArray(static (left, right) => left.CompareTo(right)));
            Assert.Equal(items, list.ToArray());
        }));

    [Fact]
    public void Another_list_is_added_whole_even_to_itself()
    {
        ValueList<int> list = Of(1, 2, 3);
        list.AddRange(Of(4, 5));
        list.AddRange(list);
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], list.ToArray());
    }

    [Fact]
    public void After_clear_it_is_empty_and_grows_anew()
    {
        ValueList<int> list = Of(1, 2, 3, 4, 5);
        list.Clear();
        Assert.Equal(0, list.Count);
        Assert.Empty(list.ToArray());
        list.Add(9);
        list[0]++;
        Assert.Equal([10], list.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_beyond_the_count_is_not_there(int index)
    {
        ValueList<int> list = Of(1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[index]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[index] = 0);
    }

    private static ValueList<int> Of(params int[] items)
    {
        ValueList<int> list = new();
        foreach (int item in items) list.Add(item);
        return list;
    }
}
