using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>show fd</c> (management guide section 9.3): listeners and connections by their descriptors, with what they belong to.
/// What the reference's poller knows of each is its own and left out; pipes stand in no list.
/// </summary>
internal static unsafe class DescriptorCommand
{
    /// <summary>Rows that a worker looks at in one go.</summary>
    private const uint BatchRows = 64;

    private const ConnectionFlags WithoutSocket = ConnectionFlags.Http2Stream;

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show fd", AdminLevel.Operator, "[-!plcfbs]* [num]", Show,
            "dump list of file descriptors in use or a specific one");

    private static void Show(AdminRequest request)
    {
        if (DescriptorFilter.Read(request.Arguments) is { } filter)
            request.Session.AnswerWith(Lines(request.Engine, filter, request.Session.Anonymous));
        else request.Refuse("Expects flags among '-!plcfbs', and a descriptor.");
    }

    private static IEnumerable<StringBuilder> Lines(EngineAccess engine, DescriptorFilter filter, Anonymizer hide)
    {
        StringBuilder text = new();
        for (int thread = 0; thread < engine.Worlds.Length; thread++)
        {
            Listening(engine.Worlds[thread], filter, hide, text);
            yield return text;
            text.Clear();
            uint end = 0;
            for (uint row = 0; row == 0 || row < end; row += BatchRows)
            {
                uint first = row;
                StringBuilder part = new(); // of its own: a worker that is late must not write into the next
                bool done = engine.Run(thread, world =>
                {
                    end = world.Connections.RowsEverUsed;
                    for (uint i = first; i < end && i < first + BatchRows; i++)
                        if (world.Connections.IsTaken(i)) Connected(world, i, filter, hide, part);
                });
                if (!done) yield break;
                yield return part;
            }
        }
    }

    private static void Listening(World world, DescriptorFilter filter, Anonymizer hide, StringBuilder text)
    {
        if (!filter.Listeners) return;
        foreach (Listener listener in world.Configuration.Listeners)
        {
            int fd = world.Listeners[(uint)listener.Number].Fd;
            if (fd < 0 || (filter.Fd >= 0 && fd != filter.Fd)) continue;
            Proxy frontend = world.Configuration.Proxies[listener.Frontend];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{fd,7} : gid=1 tmask=0x{1UL << (world.Thread & 63):x} l.st={(frontend.State == FrontendState.Open ? "RDY" : "PAU")} "
                + $"fe={hide.Name(frontend.Name)} ");
            if (listener.Path is not null) text.Append("fam=unix\n");
            else text.Append(CultureInfo.InvariantCulture, $"fam={Family(listener.Address.Family)} lport={listener.Address.Port}\n");
        }
    }

    private static void Connected(World world, uint row, DescriptorFilter filter, Anonymizer hide, StringBuilder text)
    {
        ref Connection connection = ref world.Connection[row];
        bool server = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if (connection.Fd < 0 || (connection.Flags & WithoutSocket) != 0 || !(server ? filter.Servers : filter.Clients)) return;
        if (filter.Fd >= 0 && connection.Fd != filter.Fd) return;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{connection.Fd,7} : gid=1 tmask=0x{1UL << (world.Thread & 63):x} gen={world.Connections.Generation(row)} "
            + $"back={(server ? 1 : 0)} cflg=0x{(uint)connection.Flags:x8} st={connection.State} ");
        if (server) Server(world, row, connection, hide, text);
        else
        {
            ref ClientFacts client = ref world.Client[row];
            Listener listener = world.Configuration.Listeners[connection.Owner];
            text.Append($"fam={Family(client.Source.Family)} fe={hide.Name(world.Configuration.Proxies[listener.Frontend].Name)} ");
        }
        string mux = (connection.Flags & ConnectionFlags.Http2) != 0 ? "H2" : (connection.Flags & ConnectionFlags.Http1) != 0 ? "H1" : "PASS";
        text.Append($"mux={mux} xprt={((connection.Flags & ConnectionFlags.Encrypted) != 0 ? "SSL" : "RAW")}\n");
    }

    private static void Server(World world, uint row, in Connection connection, Anonymizer hide, StringBuilder text)
    {
        // A check's connection is owned by the check, whose numbers go by two a server.
        bool checks = (connection.Flags & ConnectionFlags.Check) != 0;
        int number = checks ? connection.Owner / Engine.Data.Shared.SharedWorld.ChecksPerServer : connection.Owner;
        Server server = world.Configuration.Servers[number];
        string family = server.Path is not null ? "unix" : Family(world.Targets[(uint)number].Address.Family);
        text.Append($"fam={family} sv={hide.Name(world.Configuration.Proxies[server.Backend].Name)}/{hide.Name(server.Name)} ");
        if (checks) text.Append("check ");
    }

    private static string Family(AddressFamily family) => family switch
    {
        AddressFamily.Inet => "ipv4",
        AddressFamily.Inet6 => "ipv6",
        _ => "unix",
    };
}
