using System;
using System.Collections.Generic;
using System.Diagnostics;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>
/// Clients that send random bytes through a <see cref="Relay"/> to an origin that echoes them. Every client
/// must get back exactly what it sent or, where the network may break, a beginning of it.
/// </summary>
internal static class RelayRun
{
    private const int PatienceMs = 60_000;

    /// <summary>Returns how many clients were served whole.</summary>
    public static int Run(
        IKernelWorld world, int seed, int clients, int bytesMax, uint smallBuffers, bool mayBreak)
    {
        Random random = new(seed);
        BufferSlab slab = new(16384, smallBuffers, 1, 1);
        CompletionQueue completions = new(8192);
        KernelSizes sizes = new()
        {
            SubmissionEntries = 16,
            CompletionEntries = 64,
            ReceiveBuffers = 4,
            ReceiveBuffersMax = 16,
            AcceptsPerTick = 4,
        };
        IKernel kernel = world.Open(slab, sizes);
        IOrigin origin = world.OpenOrigin();
        int listener = world.Listen(out SocketAddress address);
        using Relay relay = new(kernel, slab, completions, origin.Address, random);
        relay.Listen(listener);
        relay.Tick(0);
        List<Client> all = [];
        List<Echo> echoes = [];
        for (int i = 0; i < clients; i++)
            all.Add(new Client(world.ConnectClient(address), random, random.Next(bytesMax)));
        Stopwatch patience = Stopwatch.StartNew();
        while (!all.TrueForAll(one => one.IsDone) || relay.Open > 0)
        {
            relay.Tick(1_000_000);
            while (origin.Accept() is { } peer) echoes.Add(new Echo(peer));
            foreach (Echo one in echoes) one.Play();
            foreach (Client one in all) one.Play();
            Assert.True(
                patience.ElapsedMilliseconds < PatienceMs,
                $"seed {seed}: {relay.Open} open, {relay.UnderWay} under way");
        }
        relay.StopListening(listener);
        while (relay.UnderWay > 0)
        {
            relay.Tick(1_000_000);
            bool patient = patience.ElapsedMilliseconds < PatienceMs;
            Assert.True(patient, $"seed {seed}: {relay.UnderWay} never ended");
        }
        relay.Tick(0);
        int whole = all.FindAll(one => one.IsWhole).Count;
        if (!mayBreak)
        {
            Assert.Equal(clients, whole);
            Assert.Equal(0, relay.Errors);
        }
        Assert.Equal(world.BuffersHeld, slab.Lent);
        kernel.Dispose();
        Assert.Equal(0u, slab.Lent);
        return whole;
    }

    private sealed class Client(IPeer peer, Random random, int length)
    {
        private readonly byte[] sent = NewBytes(random, length);
        private readonly byte[] part = new byte[8192];
        private int sentCount;
        private int readCount;
        private bool shut;

        public bool IsDone { get; private set; }

        public bool IsWhole { get; private set; }

        public void Play()
        {
            if (IsDone) return;
            if (sentCount < sent.Length)
            {
                int room = random.Next(1, sent.Length - sentCount + 1);
                int result = peer.Send(sent.AsSpan(sentCount, room));
                if (result > 0) sentCount += result;
            }
            else if (!shut)
            {
                shut = true;
                peer.ShutdownSend();
            }
            int count = peer.Read(part.AsSpan(0, random.Next(1, part.Length)));
            if (count == -Errno.Again) return;
            if (count > 0)
            {
                bool same = part.AsSpan(0, count).SequenceEqual(sent.AsSpan(readCount, count));
                Assert.True(same, "other bytes");
                readCount += count;
                return;
            }
            IsDone = true;
            IsWhole = count == 0 && readCount == sent.Length;
            peer.Close();
        }

        private static byte[] NewBytes(Random random, int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    private sealed class Echo(IPeer peer)
    {
        private readonly byte[] held = new byte[4096];
        private int start;
        private int end;
        private bool done;

        public void Play()
        {
            while (!done)
            {
                if (start < end)
                {
                    int result = peer.Send(held.AsSpan(start, end - start));
                    if (result == -Errno.Again) return;
                    if (result < 0) End();
                    else start += result;
                    continue;
                }
                start = 0;
                end = peer.Read(held);
                if (end == -Errno.Again) return;
                if (end <= 0) End();
            }
        }

        private void End()
        {
            done = true;
            peer.Close();
        }
    }
}
