using System;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// One direction of a connection: bytes on their way, cut and delayed as the faults say but never reordered,
/// then bytes that wait to be read.
/// </summary>
internal sealed class SimulatedPipe(SimulatedNetwork network)
{
    private readonly int capacity = network.Faults.PipeBytes;
    private byte[] unread = [];
    private int unreadStart;
    private int onTheWay;
    private long lastDelivery;
    private bool aborted;
    private bool drainTold = true;

    /// <summary>Bytes that wait to be read.</summary>
    public int Unread { get; private set; }

    /// <summary>The sender's end has arrived, after all bytes.</summary>
    public bool Ended { get; private set; }

    /// <summary>Bytes that can be written now.</summary>
    public int Room => capacity - onTheWay - Unread;

    /// <summary>Called when bytes or the end have arrived.</summary>
    public Action? Arrived { get; set; }

    /// <summary>Called when reading has made room.</summary>
    public Action? Drained { get; set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        onTheWay += bytes.Length;
        while (bytes.Length > 0)
        {
            int part = bytes.Length;
            int partMax = network.Faults.DeliveryBytesMax;
            if (partMax > 0) part = network.Random.Between(1, Math.Min(partMax, part));
            byte[] delivery = bytes[..part].ToArray();
            bytes = bytes[part..];
            At(() => Deliver(delivery));
        }
    }

    /// <summary>The end of the stream, behind everything written.</summary>
    public void Finish() => At(() =>
    {
        Ended = true;
        Arrived?.Invoke();
    });

    /// <summary>What is on its way never arrives.</summary>
    public void Abort() => aborted = true;

    public int Read(Span<byte> target)
    {
        int count = Math.Min(target.Length, Unread);
        unread.AsSpan(unreadStart, count).CopyTo(target);
        unreadStart += count;
        Unread -= count;
        if (count > 0 && drainTold)
        {
            drainTold = false;
            network.After(network.Delay(), () =>
            {
                drainTold = true;
                Drained?.Invoke();
            });
        }
        return count;
    }

    private void Deliver(byte[] delivery)
    {
        onTheWay -= delivery.Length;
        if (unreadStart + Unread + delivery.Length > unread.Length)
        {
            byte[] larger = new byte[Math.Max(1024, (Unread + delivery.Length) * 2)];
            unread.AsSpan(unreadStart, Unread).CopyTo(larger);
            unread = larger;
            unreadStart = 0;
        }
        delivery.CopyTo(unread.AsSpan(unreadStart + Unread));
        Unread += delivery.Length;
        Arrived?.Invoke();
    }

    /// <summary>Behind the delivery before, however long that takes.</summary>
    private void At(Action action)
    {
        lastDelivery = Math.Max(lastDelivery, network.NowNanoseconds + network.Delay());
        network.At(lastDelivery, () =>
        {
            if (!aborted) action();
        });
    }
}
