using System;
using System.Collections.Generic;
using Engine.Data.Buffers;
using Engine.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Data.Buffers;

public sealed unsafe class BufferChainTests
{
    private static BufferRef Filled(BufferSlab slab, BufferClass kind, int count, ref byte next)
    {
        BufferRef buffer = slab.Take(kind);
        byte* start = slab.Address(buffer);
        for (int i = 0; i < count; i++) start[i] = next++;
        slab.Segment(buffer).End = count;
        return buffer;
    }

    [Fact]
    public void Returning_a_buffer_twice_is_caught()
    {
        BufferSlab slab = new(16384, 4, 4, 4);
        BufferRef buffer = slab.Take(BufferClass.Small);
        slab.Return(buffer);
        Assert.Throws<CheckFailedException>(() => slab.Return(buffer));
    }

    [Fact]
    public void A_full_class_answers_none_and_leaves_the_others_alone()
    {
        BufferSlab slab = new(16384, 1, 1, 1);
        BufferRef small = slab.Take(BufferClass.Small);
        Assert.True(slab.Take(BufferClass.Small).IsNone);
        BufferRef large = slab.Take(BufferClass.Large);
        Assert.False(large.IsNone);
        Assert.Equal(BufferSlab.LargeSize, slab.SizeOf(large));
        Assert.Equal(2u, slab.Lent);
        slab.Return(small);
        slab.Return(large);
        Assert.Equal(0u, slab.Lent);
    }

    [Theory]
    [InlineData(1, 1u)]
    [InlineData(10, 1u)]
    [InlineData(11, 2u)]
    [InlineData(20, 2u)]
    [InlineData(30, 3u)]
    public void What_is_cut_off_gives_its_buffers_back(int kept, uint buffers)
    {
        BufferSlab slab = new(16384, 8, 8, 8);
        BufferChain chain = default;
        byte next = 0;
        for (int i = 0; i < 3; i++) chain.Append(slab, Filled(slab, BufferClass.Small, 10, ref next));
        chain.Truncate(slab, kept);
        Assert.Equal(kept, chain.Length);
        Assert.Equal(buffers, slab.Lent);
        chain.Append(slab, Filled(slab, BufferClass.Small, 1, ref next));
        chain.Consume(slab, kept);
        Assert.Equal(30, chain.First(slab)[0]);
        chain.Consume(slab, 1);
        Assert.Equal(0u, slab.Lent);
    }

    [Fact]
    public void Buffers_of_a_slab_do_not_overlap()
    {
        BufferSlab slab = new(16384, 8, 8, 8);
        HashSet<(nint, nint)> seen = [];
        foreach (BufferClass kind in Enum.GetValues<BufferClass>())
        {
            for (int i = 0; i < 8; i++)
            {
                BufferRef buffer = slab.Take(kind);
                new Span<byte>(slab.Address(buffer), slab.SizeOf(buffer)).Fill((byte)(i + 1));
                seen.Add(((nint)slab.Address(buffer), slab.SizeOf(buffer)));
            }
        }
        foreach ((nint start, nint size) in seen)
        {
            ReadOnlySpan<byte> bytes = new((void*)start, (int)size);
            Assert.False(bytes.ContainsAnyExcept(bytes[0]));
        }
    }

    [Fact]
    public void Bytes_leave_in_the_order_they_came_whatever_the_pieces()
    {
        BufferSlab slab = new(16384, 512, 64, 8);
        Prop.ForAll(
            ArbMap.Default.ArbFor<(byte, byte)[]>(),
            pieces =>
            {
                BufferChain chain = default;
                byte written = 0;
                byte read = 0;
                int length = 0;
                bool same = true;
                foreach ((byte put, byte take) in pieces)
                {
                    if (put > 0) chain.Append(slab, Filled(slab, BufferClass.Small, put, ref written));
                    length += put;
                    int taken = Math.Min(take, length);
                    int left = taken;
                    while (left > 0)
                    {
                        Span<byte> first = chain.First(slab);
                        int part = Math.Min(left, first.Length);
                        for (int i = 0; i < part; i++) same &= first[i] == read++;
                        chain.Consume(slab, part);
                        left -= part;
                    }
                    length -= taken;
                    same &= chain.Length == length && chain.IsEmpty == (length == 0);
                }
                chain.Clear(slab);
                return same && slab.Lent == 0;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whole_chains_move_without_copying()
    {
        BufferSlab slab = new(16384, 16, 4, 4);
        byte next = 0;
        BufferChain from = default;
        BufferChain to = default;
        to.Append(slab, Filled(slab, BufferClass.Small, 10, ref next));
        from.Append(slab, Filled(slab, BufferClass.Small, 5, ref next));
        from.Append(slab, Filled(slab, BufferClass.Standard, 7, ref next));
        to.AppendAll(slab, ref from);
        Assert.True(from.IsEmpty);
        Assert.True(from.Head.IsNone);
        Assert.Equal(22, to.Length);
        to.Consume(slab, 22);
        Assert.True(to.Head.IsNone);
        Assert.True(to.Tail.IsNone);
        Assert.Equal(0u, slab.Lent);
    }
}
