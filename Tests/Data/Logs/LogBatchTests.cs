using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Xunit;

namespace Tests.Data.Logs;

public sealed unsafe class LogBatchTests
{
    private static readonly LogTarget Udp = new() { Number = 0, Kind = LogTargetKind.Udp, LengthMax = 100 };
    private static readonly LogTarget Unix = new() { Number = 1, Kind = LogTargetKind.Unix, LengthMax = 100 };
    private static readonly LogTarget Output = new()
    {
        Number = 2,
        Kind = LogTargetKind.Descriptor,
        Fd = 1,
        LengthMax = 5000,
    };

    /// <summary>The same place as Udp, with another length.</summary>
    private static readonly LogTarget UdpShort = new() { Number = 0, Kind = LogTargetKind.Udp, LengthMax = 10 };

    private readonly OperationQueue operations = new(1024);

    [Fact]
    public void Lines_of_a_tick_go_out_in_one_operation_for_each_place_in_order()
    {
        LogBatch batch = Open();
        foreach (string text in new[] { "a", "bb", "ccc" })
        {
            Assert.True(Add(batch, Udp, text + " udp"));
            Assert.True(Add(batch, Unix, text + " unix"));
            Assert.True(Add(batch, Output, text + "\n"));
        }
        Assert.True(Add(batch, UdpShort, "d"));
        string[] wanted = ["7: a udp|bb udp|ccc udp|d", "8: a unix|bb unix|ccc unix", "1= a\nbb\nccc\n"];
        Assert.Equal(wanted, Submit(batch));
        Assert.Empty(Submit(batch));
        Assert.Equal((10ul, 0ul), (batch.Sent, batch.Dropped));
    }

    [Fact]
    public void A_line_has_room_for_its_length()
    {
        LogBatch batch = Open();
        Assert.True(batch.TryBegin(Udp, out Span<byte> space));
        Assert.Equal(100, space.Length);
        Assert.True(batch.TryBegin(UdpShort, out space));
        Assert.Equal(10, space.Length);
    }

    [Fact]
    public void A_line_that_was_not_committed_or_is_empty_never_was()
    {
        LogBatch batch = Open();
        Assert.True(batch.TryBegin(Udp, out _));
        Assert.True(batch.TryBegin(Udp, out _));
        batch.Commit(Udp, 0);
        Assert.Empty(Submit(batch));
        Assert.Equal((0ul, 0ul), (batch.Sent, batch.Dropped));
    }

    [Fact]
    public void A_full_place_drops_and_leaves_the_others_alone()
    {
        LogBatch batch = Open(bytes: 6000, lines: 3);
        for (int i = 0; i < 5; i++) Assert.Equal(i < 3, Add(batch, Udp, "x"));
        Assert.True(Add(batch, Output, new string('y', 1001)));
        Assert.False(Add(batch, Output, "z")); // 6000 - 1001 bytes are less than the longest line may need
        Assert.True(Add(batch, Unix, "u"));
        Assert.Equal(3ul, batch.Dropped);
        Submit(batch);
        Assert.True(Add(batch, Udp, "again"));
        Assert.Equal((5ul, 3ul), (batch.Sent, batch.Dropped));
    }

    [Fact]
    public void A_place_without_a_socket_drops_and_asks_for_one()
    {
        LogBatch batch = new([Udp, Unix, Output]);
        Assert.False(batch.AnyWantsOpening);
        Assert.False(Add(batch, Unix, "x"));
        Assert.True(batch.AnyWantsOpening);
        Assert.True(batch.WantsOpening(1));
        Assert.False(batch.WantsOpening(0));
        Assert.True(Add(batch, Output, "stdout needs none"));
        batch.ClearAnyWantsOpening();
        batch.SetDescriptor(1, 8);
        Assert.False(batch.WantsOpening(1));
        Assert.True(Add(batch, Unix, "x"));
        Assert.Equal(1ul, batch.Dropped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Datagrams_the_kernel_refused_count_as_dropped(bool unix)
    {
        LogBatch batch = Open();
        LogTarget target = unix ? Unix : Udp;
        for (int i = 0; i < 4; i++) Add(batch, target, "x");
        Submit(batch, sends: 1);
        Assert.False(Settled(batch).AnyWantsOpening);
        Assert.Equal((1ul, 3ul), (batch.Sent, batch.Dropped));
        for (int i = 0; i < 4; i++) Add(batch, target, "x");
        Submit(batch, sends: 0);
        // Nothing at all: a unix peer may be gone for good, an address is where it was.
        Assert.Equal(unix, Settled(batch).AnyWantsOpening);
        Assert.Equal(unix, batch.WantsOpening(target == Unix ? 1u : 0u));
        Assert.Equal((1ul, 7ul), (batch.Sent, batch.Dropped));
    }

    [Fact]
    public void Writes_hold_whole_lines_and_no_more_than_a_pipe_takes_at_once()
    {
        LogBatch batch = Open();
        int[] lengths = [4000, 96, 1, 2000, 2000, 97, 5000, 4096, 10];
        foreach (int length in lengths) Assert.True(Add(batch, Output, new string('x', length)));
        batch.Flush(operations);
        List<uint> writes = [];
        foreach (ref Operation operation in operations.Items)
        {
            writes.Add(operation.Length);
            *operation.Descriptor = (int)operation.Length;
        }
        Assert.Equal([4096u, 4001, 97, 5000, 4096, 10], writes);
        operations.Clear();
        Assert.Equal((9ul, 0ul), (Settled(batch).Sent, batch.Dropped));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(29, 2)]
    [InlineData(30, 3)]
    public void Lines_not_written_whole_count_as_dropped(int written, ulong sent)
    {
        LogBatch batch = Open();
        for (int i = 0; i < 3; i++) Add(batch, Output, "0123456789");
        batch.Flush(operations);
        *operations.Items[0].Descriptor = written;
        operations.Clear();
        Assert.Equal((sent, 3 - sent), (Settled(batch).Sent, batch.Dropped));
    }

    [Fact]
    public void Every_line_is_sent_or_dropped_whatever_the_kernel_does()
    {
        Random random = new(12345);
        LogBatch batch = Open(bytes: 20_000, lines: 50);
        LogTarget[] targets = [Udp, Unix, Output, UdpShort];
        ulong offered = 0;
        for (int tick = 0; tick < 500; tick++)
        {
            for (int i = random.Next(80); i > 0; i--)
            {
                LogTarget target = targets[random.Next(targets.Length)];
                Add(batch, target, new string('x', random.Next(1, target.LengthMax)));
                offered++;
            }
            Submit(batch, random.Next(40));
            Assert.Equal(offered, Settled(batch).Sent + batch.Dropped);
        }
        Assert.InRange(batch.Sent, 1000ul, offered - 1000);
    }

    [Fact]
    public void Nothing_is_allocated_on_the_way()
    {
        LogBatch batch = Open();
        byte[] line = new byte[50];
        for (int i = 0; i < 2; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int tick = 0; tick < 100; tick++)
            {
                if (batch.TryBegin(Udp, out Span<byte> space)) line.CopyTo(space);
                batch.Commit(Udp, line.Length);
                batch.Flush(operations);
                operations.Clear();
            }
            if (i == 1) Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static LogBatch Open(uint bytes = LogBatch.BytesDefault, uint lines = LogBatch.LinesDefault)
    {
        LogBatch batch = new([Udp, Unix, Output, UdpShort], bytes, lines);
        batch.SetDescriptor(0, 7);
        batch.SetDescriptor(1, 8);
        return batch;
    }

    private static bool Add(LogBatch batch, LogTarget target, string text)
    {
        if (!batch.TryBegin(target, out Span<byte> space)) return false;
        batch.Commit(target, Encoding.ASCII.GetBytes(text, space));
        return true;
    }

    /// <summary>
    /// What the kernel is asked for, as text; it sends so many datagrams or lines' bytes of each.
    /// </summary>
    private List<string> Submit(LogBatch batch, int sends = int.MaxValue)
    {
        batch.Flush(operations);
        List<string> texts = [];
        foreach (ref Operation operation in operations.Items)
        {
            if (operation.Kind == OperationKind.Write)
            {
                *operation.Descriptor = (int)Math.Min(operation.Length, (uint)sends * 100L);
                string text = Encoding.ASCII.GetString((byte*)operation.Data, (int)operation.Length);
                texts.Add($"{operation.Fd}= {text}");
                continue;
            }
            Assert.Equal(OperationKind.SendDatagrams, operation.Kind);
            Datagram* datagrams = (Datagram*)operation.Data;
            string[] lines = new string[operation.Length];
            for (int i = 0; i < lines.Length; i++)
            {
                lines[i] = Encoding.ASCII.GetString((byte*)datagrams[i].Data, (int)datagrams[i].Length);
                datagrams[i].Sent = i < sends ? 1 : 0;
            }
            texts.Add($"{operation.Fd}: {string.Join('|', lines)}");
        }
        operations.Clear();
        return texts;
    }

    /// <summary>A flush with nothing new counts what became of the last one.</summary>
    private LogBatch Settled(LogBatch batch)
    {
        batch.Flush(operations);
        Assert.Equal(0u, operations.Count);
        return batch;
    }
}
