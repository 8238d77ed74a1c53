using System.Threading;
using Engine.Data.Shared;
using Xunit;

namespace Tests.Data.Shared;

public sealed class InboxTests
{
    [Fact]
    public void A_full_inbox_refuses_and_takes_again_after_a_read()
    {
        Inbox inbox = new(4);
        for (uint i = 0; i < 4; i++) Assert.True(inbox.TryPost(new ThreadMessage { Stream = i }));
        Assert.False(inbox.TryPost(new ThreadMessage { Stream = 9 }));
        Assert.True(inbox.TryTake(out ThreadMessage first));
        Assert.Equal(0u, first.Stream);
        Assert.True(inbox.TryPost(new ThreadMessage { Stream = 4 }));
        for (uint i = 1; i < 5; i++)
        {
            Assert.True(inbox.TryTake(out ThreadMessage message));
            Assert.Equal(i, message.Stream);
        }
        Assert.False(inbox.TryTake(out _));
        Assert.True(inbox.IsEmpty);
    }

    [Fact]
    public void Messages_of_several_writers_all_arrive_each_writer_in_order()
    {
        const uint each = 20_000;
        Inbox inbox = new(256);
        Thread[] writers = new Thread[3];
        for (int w = 0; w < writers.Length; w++)
        {
            int server = w;
            writers[w] = new Thread(() =>
            {
                for (uint i = 0; i < each;)
                {
                    if (inbox.TryPost(new ThreadMessage { Server = server, Stream = i })) i++;
                    else Thread.Yield();
                }
            });
            writers[w].Start();
        }
        uint[] next = new uint[writers.Length];
        for (uint taken = 0; taken < each * writers.Length;)
        {
            if (!inbox.TryTake(out ThreadMessage message))
            {
                Thread.Yield();
                continue;
            }
            Assert.Equal(next[message.Server]++, message.Stream);
            taken++;
        }
        foreach (Thread writer in writers) writer.Join();
        Assert.True(inbox.IsEmpty);
    }
}
