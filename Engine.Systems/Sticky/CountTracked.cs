using Engine.Data.Sticky;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Http2;

namespace Engine.Systems.Sticky;

/// <summary>
/// Counts what happens in the entries that a session and its stream track (manual sections 11.1 and 4.4,
/// <c>track-sc</c>). A number that the session tracks under is no stream's. Costs a test where
/// nothing is tracked.
/// </summary>
public static unsafe class CountTracked
{
    /// <summary>A session began: its connection passed the rules of connection and session.</summary>
    public static void Session(World world, uint client)
    {
        StickCounter* session = world.SessionCounters.Of(client);
        for (int i = 0; i < world.SessionCounters.Each; i++)
            Add(world, session + i, StickData.SessionCount, StickData.SessionRate, 1);
    }

    /// <summary>A request came.</summary>
    public static void Request(World world, uint row, in Stream stream) =>
        Run(world, row, in stream, StickData.RequestCount, StickData.RequestRate);

    /// <summary>A client sent what is wrong, was refused, or got a 4xx of its server.</summary>
    public static void Error(World world, uint row, in Stream stream) =>
        Run(world, row, in stream, StickData.ErrorCount, StickData.ErrorRate);

    /// <summary>What came is no request, or not a whole one: it counts as one, and as an error.</summary>
    public static void BadRequest(World world, uint row, in Stream stream)
    {
        Request(world, row, in stream);
        Error(world, row, in stream);
    }

    /// <summary>A server answered: its status may be its client's error or its own failure.</summary>
    public static void Answer(World world, uint row, in Stream stream, int status)
    {
        if (world.Configuration.Globals.ErrorStatuses.Has(status)) Error(world, row, in stream);
        if (world.Configuration.Globals.FailureStatuses.Has(status)) Failure(world, row, in stream);
    }

    /// <summary>A server failed a request: no answer, one that is wrong, or a 5xx other than 501 and 505.</summary>
    public static void Failure(World world, uint row, in Stream stream) =>
        Run(world, row, in stream, StickData.FailureCount, StickData.FailureRate);

    /// <summary>A client's connection did something odd.</summary>
    public static void Glitches(World world, uint client, uint amount)
    {
        StickCounter* session = world.SessionCounters.Of(client);
        for (int i = 0; i < world.SessionCounters.Each; i++)
            Add(world, session + i, StickData.GlitchCount, StickData.GlitchRate, amount);
    }

    /// <summary>Bytes went through a stream: those that were not counted yet are.</summary>
    public static void Bytes(World world, uint row, in Stream stream)
    {
        if (!world.TracksBytes) return;
        StickCounter* own = world.StreamCounters.Of(row);
        ref StreamLog log = ref world.Log[row];
        ref CountedBytes counted = ref world.CountedBytes[row];
        ulong received = log.BytesFromClient - counted.Received;
        ulong sent = log.BytesToClient - counted.Sent;
        counted.Received = log.BytesFromClient;
        counted.Sent = log.BytesToClient;
        StickCounter* session = world.SessionCounters.Of(ClientRow.Of(world, stream.Client));
        for (int i = 0; i < world.StreamCounters.Each; i++)
        {
            StickCounter* place = own[i].IsSet ? own + i : session + i;
            AddBytes(world, place, StickData.BytesInCount, StickData.BytesInRate, received);
            AddBytes(world, place, StickData.BytesOutCount, StickData.BytesOutRate, sent);
        }
    }

    private static void Run(World world, uint row, in Stream stream, StickData count, StickData rate)
    {
        StickCounter* own = world.StreamCounters.Of(row);
        if (own == null) return;
        StickCounter* session = world.SessionCounters.Of(ClientRow.Of(world, stream.Client));
        for (int i = 0; i < world.StreamCounters.Each; i++)
            Add(world, own[i].IsSet ? own + i : session + i, count, rate, 1);
    }

    private static void Add(World world, StickCounter* place, StickData count, StickData rate, uint amount)
    {
        if (!place->IsSet) return;
        world.Shared.StickTables[place->Table].Count(place->Row, count, rate, amount, world.NowMs);
    }

    private static void AddBytes(World world, StickCounter* place, StickData count, StickData rate, ulong bytes)
    {
        if (!place->IsSet || bytes == 0) return;
        StickTable table = world.Shared.StickTables[place->Table];
        StickLayout layout = table.Layout;
        if (!layout.Has(count) && !layout.Has(rate)) return;
        table.Lock(place->Row);
        if (layout.Has(count)) table.LongCounter(place->Row, count) += bytes;
        if (layout.Has(rate))
        {
            ulong blocks = (bytes + table.Settings.BytesFactor - 1) / table.Settings.BytesFactor;
            table.Rate(place->Row, rate).Add((uint)ulong.Min(blocks, uint.MaxValue), layout.PeriodOf(rate), world.NowMs);
        }
        table.Unlock(place->Row, touch: true, world.NowMs);
    }
}
