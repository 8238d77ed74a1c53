using System;
using Engine.Data.Sticky;
using Xunit;

namespace Tests.Data.Sticky;

public sealed class StoredKeysTests
{
    private const int Capacity = 256;

    [Fact]
    public void Keys_come_back_in_order_with_their_tables()
    {
        StoredKeys keys = default;
        Assert.True(keys.TryAdd(3, "first"u8, Capacity));
        Assert.True(keys.TryAdd(1, default, Capacity));
        Assert.True(keys.TryAdd(3, "last"u8, Capacity));
        int at = 0;
        Assert.True(keys.TryNext(ref at, out int table, out ReadOnlySpan<byte> key));
        Assert.Equal(3, table);
        Assert.True(key.SequenceEqual("first"u8));
        Assert.True(keys.TryNext(ref at, out table, out key));
        Assert.Equal(1, table);
        Assert.True(key.IsEmpty);
        Assert.True(keys.TryNext(ref at, out table, out key));
        Assert.True(key.SequenceEqual("last"u8));
        Assert.False(keys.TryNext(ref at, out _, out _));
        Assert.Equal(keys.End, at);
        keys.Forget();
    }

    [Fact]
    public void Tables_are_known_from_a_position_on()
    {
        StoredKeys keys = default;
        keys.TryAdd(1, "a"u8, Capacity);
        int behindFirst = keys.End;
        keys.TryAdd(2, "b"u8, Capacity);
        Assert.True(keys.Has(1, 0));
        Assert.False(keys.Has(1, behindFirst));
        Assert.True(keys.Has(2, behindFirst));
        Assert.False(keys.Has(3, 0));
        keys.Forget();
    }

    [Fact]
    public void There_is_room_for_so_many_keys()
    {
        StoredKeys keys = default;
        for (int i = 0; i < StoredKeys.Most; i++) Assert.True(keys.TryAdd(i, "k"u8, Capacity));
        Assert.False(keys.TryAdd(StoredKeys.Most, "k"u8, Capacity));
        Assert.Equal(StoredKeys.Most, keys.Count);
        keys.Forget();
    }

    [Fact]
    public void A_key_is_whole_or_not_there()
    {
        StoredKeys keys = default;
        Assert.True(keys.TryAdd(0, new byte[10], StoredKeys.HeaderSize + 10));
        Assert.False(keys.TryAdd(1, default, StoredKeys.HeaderSize + 10));
        Assert.Equal(1, keys.Count);
        keys.Forget();
        Assert.False(keys.TryAdd(0, new byte[11], StoredKeys.HeaderSize + 10));
        Assert.Equal(0, keys.Count);
    }

    [Fact]
    public void What_was_forgotten_is_gone_and_the_block_is_taken_anew()
    {
        StoredKeys keys = default;
        keys.TryAdd(1, "old"u8, Capacity);
        keys.Forget();
        keys.Forget();
        Assert.Equal((0, 0), (keys.Count, keys.End));
        Assert.False(keys.Has(1, 0));
        Assert.True(keys.TryAdd(2, "new"u8, Capacity));
        int at = 0;
        Assert.True(keys.TryNext(ref at, out int table, out ReadOnlySpan<byte> key));
        Assert.Equal(2, table);
        Assert.True(key.SequenceEqual("new"u8));
        keys.Forget();
    }
}
