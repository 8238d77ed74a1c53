using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// A stream in the two forms of <c>show sess</c>. What the reference shows of its own inside and this program has no like
/// of is left out of the long form, and nothing or 0 in the short one, whose items tools look for.
/// </summary>
internal static unsafe class StreamText
{
    public static void Short(World world, uint row, bool showsUri, Anonymizer hide, StringBuilder text)
    {
        CompiledConfiguration configuration = world.Configuration;
        ref Stream stream = ref world.Stream[row];
        ref ClientFacts client = ref world.Client[stream.Client];
        string backend = stream.Backend < 0 ? "<NONE>" : hide.Name(configuration.Proxies[stream.Backend].Name);
        string server = stream.ServerNumber < 0 ? "<none>" : hide.Name(configuration.Servers[stream.ServerNumber].Name);
        text.Append(
            CultureInfo.InvariantCulture,
            $"0x{Number(world, row):x}: proto={Family(client)} src={hide.Name(Source(client))} "
            + $"fe={hide.Name(configuration.Proxies[stream.Frontend].Name)} be={backend} srv={server} ");
        if (showsUri) text.Append(CultureInfo.InvariantCulture, $"uri=\"{hide.Name(Uri(world, row))}\" ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"ts={(int)stream.State:x2} epoch=0 age={HumanTime(AgeSeconds(world, row))} calls=1 rate=0 cpu=0 lat=0 "
            + $"rq[f={(uint)stream.Flags:x}h,i={world.Connection[stream.Client].In.Length},an=00h,ax=] "
            + $"rp[f=0h,i=0,an=00h,ax=] scf=[0,0h,fd={world.Thread + 1}/{world.Connection[stream.Client].Fd},rex=,wex=] "
            + $"scb=[0,0h,fd={world.Thread + 1}/{ServerFd(world, stream)},rex=,wex=] "
            + $"exp={Expiry(world, stream, "")} rc={world.Log[row].Retries} "
            + $"c_exp={(stream.State == StreamState.Connecting ? Expiry(world, stream, "") : "")}\n");
    }

    public static void Long(World world, uint row, StringBuilder text)
    {
        ref Stream stream = ref world.Stream[row];
        ref ClientFacts client = ref world.Client[stream.Client];
        ref StreamLog log = ref world.Log[row];
        DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(log.AcceptedWallMicroseconds / 1000)
            .AddMicroseconds(log.AcceptedWallMicroseconds % 1000).ToLocalTime();
        text.Append(
            CultureInfo.InvariantCulture,
            $"0x{Number(world, row):x}: [{start:dd/MMM/yyyy:HH:mm:ss.ffffff}] id={log.RequestNumber} proto={Family(client)} "
            + $"source={Source(client)}\n"
            + $"  flags=0x{(uint)stream.Flags:x}, state={stream.State}, conn_retries={log.Retries}, "
            + $"waiting={(stream.State == StreamState.Queued ? 1 : 0)}\n");
        Places(world, row, text);
        text.Append(
            CultureInfo.InvariantCulture,
            $"  task=(exp={Expiry(world, stream, "<NEVER>")} tid={world.Thread + 1} age={HumanTime(AgeSeconds(world, row))})\n"
            + $"  txn=(meth={stream.Method} status={stream.Status} uri=\"{Uri(world, row)}\")\n");
        Side("scf", world, stream.Client, log.BytesFromClient, text);
        if (stream.Server != Table.NoRow) Side("scb", world, stream.Server, log.BytesToClient, text);
    }

    /// <summary>Names a stream as long as it lives: thread, row and generation.</summary>
    public static ulong Number(World world, uint row) =>
        ((ulong)(world.Thread + 1) << 56) | ((ulong)row << 32) | world.Streams.Generation(row);

    private static void Places(World world, uint row, StringBuilder text)
    {
        CompiledConfiguration configuration = world.Configuration;
        ref Stream stream = ref world.Stream[row];
        Proxy frontend = configuration.Proxies[stream.Frontend];
        Listener listener = configuration.Listeners[world.Connection[stream.Client].Owner];
        ref ClientFacts client = ref world.Client[stream.Client];
        string reached = client.Destination.Family is AddressFamily.Inet or AddressFamily.Inet6
            ? AdminSocketText.Address(client.Destination)
            : "unix";
        text.Append(
            CultureInfo.InvariantCulture,
            $"  frontend={frontend.Name} (id={frontend.Id} mode={Mode(frontend)}), "
            + $"listener={(listener.Name.Length > 0 ? listener.Name : "?")} (id={listener.Id}) addr={reached}\n");
        if (stream.Backend < 0) text.Append("  backend=<NONE> (id=-1 mode=-)\n");
        else
        {
            Proxy backend = configuration.Proxies[stream.Backend];
            text.Append(CultureInfo.InvariantCulture, $"  backend={backend.Name} (id={backend.Id} mode={Mode(backend)})\n");
        }
        if (stream.ServerNumber < 0)
        {
            text.Append("  server=<NONE> (id=-1)\n");
            return;
        }
        Server server = configuration.Servers[stream.ServerNumber];
        SocketAddress address = world.Targets[(uint)server.Number].Address;
        string target = server.Path is null ? $"{ServerStatus.AddressText(address)}:{address.Port}" : "unix";
        text.Append(CultureInfo.InvariantCulture, $"  server={server.Name} (id={server.Id}) addr={target}\n");
    }

    private static void Side(string name, World world, uint row, ulong received, StringBuilder text)
    {
        ref Connection connection = ref world.Connection[row];
        text.Append(
            CultureInfo.InvariantCulture,
            $"  {name}=(fd={connection.Fd} state={connection.State} flags=0x{(uint)connection.Flags:x} "
            + $"in={connection.In.Length} out={connection.Out.Length} received={received})\n");
    }

    private static string Mode(Proxy proxy) => proxy.Mode == ProxyMode.Http ? "http" : "tcp";

    private static string Uri(World world, uint row) =>
        world.Log[row].RequestLine.ToString().Replace("\"", "%22", StringComparison.Ordinal);

    private static int ServerFd(World world, in Stream stream) =>
        stream.Server == Table.NoRow ? -1 : world.Connection[stream.Server].Fd;

    private static long AgeSeconds(World world, uint row) =>
        Math.Max(0, (world.NowNanoseconds - world.Log[row].StartedNanoseconds) / 1_000_000_000);

    /// <summary>Until the first of its timeouts is over, the stream's own or those of its sides.</summary>
    private static string Expiry(World world, in Stream stream, string never)
    {
        int left = Left(world, stream.Timer, int.MaxValue);
        left = Left(world, world.Connection[stream.Client].Timer, left);
        if (stream.Server != Table.NoRow) left = Left(world, world.Connection[stream.Server].Timer, left);
        return left == int.MaxValue ? never : HumanTime(Math.Max(0, left) / 1000);
    }

    /// <summary>Milliseconds, or what there was if that is less.</summary>
    private static int Left(World world, in Timer timer, int before) =>
        timer.Due == 0 ? before : Math.Min(before, (int)(timer.Due - world.Wheel.NowMs));

    /// <summary>A time in its two largest units: <c>1h12m</c>.</summary>
    internal static string HumanTime(long seconds)
    {
        (long Count, char Unit)[] parts =
            [(seconds / 86400, 'd'), (seconds % 86400 / 3600, 'h'), (seconds % 3600 / 60, 'm'), (seconds % 60, 's')];
        StringBuilder text = new();
        int left = 2;
        foreach ((long count, char unit) in parts)
        {
            if (count == 0 || left == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            left--;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static string Family(in ClientFacts client) =>
        client.Source.Family switch
        {
            AddressFamily.Inet => "tcpv4",
            AddressFamily.Inet6 => "tcpv6",
            _ => "unix_stream",
        };

    private static string Source(in ClientFacts client) =>
        client.Source.Family is AddressFamily.Inet or AddressFamily.Inet6
            ? AdminSocketText.Address(client.Source)
            : "unix:1";
}
