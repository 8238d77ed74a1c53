using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>
/// Everything around the engine, in memory: a clock that moves only when the engine waits, the events to
/// come, the descriptors, and the clients and origins that scripts play. One seed makes one run. Not
/// thread-safe: all back ends on it run on one thread.
/// </summary>
public sealed class SimulatedNetwork
{
    private const long StartNanoseconds = 1_000_000_000;
    private const long StartWallMicroseconds = 1_767_225_600_000_000; // 2026-01-01
    private const int FirstDescriptor = 3;
    private const ushort FirstClientPort = 10_000;

    private readonly PriorityQueue<Action, (long Time, long Order)> events = new();
    private readonly List<SimulatedSocket?> sockets = [];
    private readonly SortedSet<int> freeDescriptors = [];
    private readonly Dictionary<SocketAddress, SimulatedOrigin> origins = [];
    private readonly Dictionary<SocketAddress, List<SimulatedSocket>> listeners = [];
    private readonly Dictionary<string, SocketAddress> paths = [];
    private long order;
    private ushort nextPort = FirstClientPort;
    private uint nextClientHost = 1;

    public SimulatedNetwork(ulong seed, SimulatedFaults? faults = null)
    {
        Seed = seed;
        Random = new SimulatedRandom(seed);
        Faults = faults ?? new SimulatedFaults();
        for (int fd = 0; fd < FirstDescriptor; fd++)
        {
            SimulatedSocket standard = new(fd);
            standard.Sink = new SimulatedSink(fd);
            sockets.Add(standard);
        }
    }

    public ulong Seed { get; }

    public SimulatedFaults Faults { get; set; }

    public SimulatedRandom Random { get; }

    public long NowNanoseconds { get; private set; } = StartNanoseconds;

    public long WallMicroseconds => StartWallMicroseconds + ((NowNanoseconds - StartNanoseconds) / 1000);

    /// <summary>Descriptors of the engine that are open, without the three standard ones.</summary>
    public int OpenDescriptors => sockets.Count - freeDescriptors.Count - FirstDescriptor;

    /// <summary>Something is still to happen.</summary>
    public bool HasEvents => events.Count > 0;

    /// <summary>
    /// A number that differs when any completion of the run did: two runs of a seed must agree.
    /// </summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    /// <summary>Runs an action of a script later.</summary>
    public void After(long nanoseconds, Action action) => At(NowNanoseconds + nanoseconds, action);

    /// <summary>
    /// A listening descriptor for the engine. Several may listen at one address, as with SO_REUSEPORT.
    /// </summary>
    public int Listen(SocketAddress address, int backlog = 1024)
    {
        SimulatedSocket? socket = Open();
        Check.That(socket != null);
        socket.Listener = new SimulatedListener(address, backlog);
        if (!listeners.TryGetValue(address, out List<SimulatedSocket>? sharing))
            listeners[address] = sharing = [];
        sharing.Add(socket);
        return socket.Fd;
    }

    /// <summary>
    /// A client that connects to a listener; it may send at once, as its bytes follow its connect.
    /// </summary>
    public SimulatedPeer ConnectClient(SocketAddress address)
    {
        (SimulatedEndpoint client, SimulatedEndpoint ours) = SimulatedEndpoint.CreatePair(this);
        client.Address = NextClientAddress();
        ours.Address = address;
        SimulatedPeer peer = new(client);
        After(ConnectDelay(), () => Arrive(client, ours, address));
        return peer;
    }

    /// <summary>An address for the engine to connect to.</summary>
    public SimulatedOrigin OpenOrigin(SocketAddress address)
    {
        SimulatedOrigin origin = new(address);
        origins.Add(address, origin);
        return origin;
    }

    /// <summary>A unix path for the engine to connect to; an abstract one starts with NUL.</summary>
    public SimulatedOrigin OpenOrigin(string path)
    {
        // A path is given an address of its own, of a family that no configuration can name.
        SocketAddress address = new() { Family = AddressFamily.Unix, Scope = (uint)paths.Count + 1 };
        paths.Add(path, address);
        return OpenOrigin(address);
    }

    /// <summary>A descriptor that takes datagrams or writes.</summary>
    public SimulatedSink OpenSink()
    {
        SimulatedSocket? socket = Open();
        Check.That(socket != null);
        return socket.Sink = new SimulatedSink(socket.Fd);
    }

    /// <summary>Standard output or error.</summary>
    public SimulatedSink StandardSink(int fd) => sockets[fd]!.Sink!;

    /// <summary>Lets time pass, without the engine doing anything.</summary>
    public void Run(long nanoseconds)
    {
        long end = NowNanoseconds + nanoseconds;
        while (NextEvent is { } next && next <= end) RunDue(next);
        NowNanoseconds = Math.Max(NowNanoseconds, end);
    }

    /// <summary>When something happens next, nanoseconds; null when nothing ever will.</summary>
    public long? NextEvent => events.TryPeek(out _, out (long Time, long Order) key) ? key.Time : null;

    internal void At(long time, Action action) => events.Enqueue(action, (time, order++));

    /// <summary>Moves the clock and runs what is due by then.</summary>
    internal void RunDue(long now)
    {
        NowNanoseconds = Math.Max(NowNanoseconds, now);
        while (events.TryPeek(out _, out (long Time, long Order) key) && key.Time <= NowNanoseconds)
            events.Dequeue().Invoke();
    }

    internal long Delay() => Random.Between(Faults.DelayMinNanoseconds, Faults.DelayMaxNanoseconds);

    internal long ConnectDelay() =>
        Random.Between(Faults.ConnectDelayMinNanoseconds, Faults.ConnectDelayMaxNanoseconds);

    internal void Note(ulong value) => Fingerprint = (Fingerprint ^ value) * 1099511628211;

    /// <summary>
    /// The lowest free descriptor, as the real kernel gives it; null when the process has too many.
    /// </summary>
    internal SimulatedSocket? Open()
    {
        int fd = freeDescriptors.Count > 0 ? freeDescriptors.Min : sockets.Count;
        if (fd >= Faults.Descriptors) return null;
        freeDescriptors.Remove(fd);
        SimulatedSocket socket = new(fd);
        if (fd == sockets.Count) sockets.Add(socket);
        else sockets[fd] = socket;
        return socket;
    }

    internal SimulatedSocket SocketAt(int fd)
    {
        Check.That((uint)fd < (uint)sockets.Count);
        SimulatedSocket? socket = sockets[fd];
        Check.That(socket != null);
        return socket;
    }

    internal void Close(SimulatedSocket socket)
    {
        socket.IsClosed = true;
        sockets[socket.Fd] = null;
        freeDescriptors.Add(socket.Fd);
        if (socket.Listener is { } listener)
        {
            listeners[listener.Address].Remove(socket);
            foreach (SimulatedEndpoint waiting in listener.Waiting) waiting.Reset();
        }
    }

    internal SimulatedOrigin? OriginAt(in SocketAddress address) => origins.GetValueOrDefault(address);

    internal unsafe SocketAddress AddressOfPath(UnixSocketAddress* address) =>
        paths.GetValueOrDefault(Encoding.UTF8.GetString(address->PathBytes));

    internal SocketAddress NextClientAddress()
    {
        if (nextPort == ushort.MaxValue)
        {
            nextPort = FirstClientPort;
            nextClientHost++;
        }
        uint number = nextClientHost;
        ReadOnlySpan<byte> host = [127, (byte)(number >> 16), (byte)(number >> 8), (byte)number];
        return SocketAddress.Inet(host, nextPort++);
    }

    /// <summary>A client's connect reaches its listener.</summary>
    private void Arrive(SimulatedEndpoint client, SimulatedEndpoint ours, SocketAddress address)
    {
        if (!listeners.TryGetValue(address, out List<SimulatedSocket>? sharing) || sharing.Count == 0)
        {
            client.Break(Errno.ConnectionRefused);
            return;
        }
        SimulatedSocket socket = sharing[sharing.Count == 1 ? 0 : Random.Between(0, sharing.Count - 1)];
        SimulatedListener listener = socket.Listener!;
        if (listener.Waiting.Count >= listener.Backlog)
        {
            After(1_000_000_000, () => Arrive(client, ours, address)); // the SYN is sent again after a second
            return;
        }
        listener.Waiting.Enqueue(ours);
        socket.Engine?.Progress(socket);
    }
}
