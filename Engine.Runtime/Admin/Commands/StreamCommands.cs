using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands about single streams (management guide section 9.3).</summary>
internal static unsafe class StreamCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("show sess", AdminLevel.Operator, "", Show, "report the list of current sessions");
        ServerCommands.Add("shutdown session", AdminLevel.Admin, "[id]", Shut, "kill a specific session");
    }

    private static void Show(AdminRequest request)
    {
        List<string> parts = [];
        request.DoOnAll(world => parts.Add(Streams(world)));
        foreach (string part in parts) request.Output.Add(part);
    }

    /// <summary>The streams of one thread, on that thread.</summary>
    private static string Streams(World world)
    {
        StringBuilder text = new();
        for (uint row = 0; row < world.Streams.RowsEverUsed; row++)
            if (world.Streams.IsTaken(row)) text.Append(Line(world, row)).Append('\n');
        return text.ToString();
    }

    private static string Line(World world, uint row)
    {
        CompiledConfiguration configuration = world.Configuration;
        ref Stream stream = ref world.Stream[row];
        ref ClientFacts client = ref world.Client[stream.Client];
        string family = client.Source.Family switch
        {
            AddressFamily.Inet => "tcpv4",
            AddressFamily.Inet6 => "tcpv6",
            _ => "unix_stream",
        };
        string source = client.Source.Family is AddressFamily.Inet or AddressFamily.Inet6
            ? AdminSocketText.Address(client.Source)
            : "unix:1";
        string backend = stream.Backend < 0 ? "<NONE>" : configuration.Proxies[stream.Backend].Name;
        string server = stream.ServerNumber < 0 ? "<none>" : configuration.Servers[stream.ServerNumber].Name;
        long age = Math.Max(0, (world.NowNanoseconds - world.Log[row].StartedNanoseconds) / 1_000_000_000);
        int serverFd = stream.Server == Table.NoRow ? -1 : world.Connection[stream.Server].Fd;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"0x{Number(world, row):x}: proto={family} src={source} fe={configuration.Proxies[stream.Frontend].Name} "
            + $"be={backend} srv={server} ts={(int)stream.State:x2} epoch=0 age={age}s calls=1 rate=0 cpu=0 lat=0 "
            + $"rq[f={(uint)stream.Flags:x}h,i={world.Connection[stream.Client].In.Length},an=00h,ax=] "
            + $"rp[f=0h,i=0,an=00h,ax=] scf=[0,0h,fd={world.Connection[stream.Client].Fd},rex=,wex=] "
            + $"scb=[0,0h,fd={serverFd},rex=,wex=] exp= rc={stream.RetriesLeft} c_exp=");
    }

    /// <summary>Names a stream as long as it lives: thread, row and generation.</summary>
    private static ulong Number(World world, uint row) =>
        ((ulong)(world.Thread + 1) << 56) | ((ulong)row << 32) | world.Streams.Generation(row);

    private static void Shut(AdminRequest request)
    {
        string text = request.Argument(0);
        if (text.Length == 0)
        {
            request.Answer("Session pointer expected (use 'show sess').");
            return;
        }
        if (text.StartsWith("0x", StringComparison.Ordinal)) text = text[2..];
        _ = ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong number);
        bool found = false;
        request.DoOnAll(world =>
        {
            uint row = (uint)(number >> 32) & Table.NoRow;
            if (world.Thread + 1 != (int)(number >> 56) || !world.Streams.IsLive(row, (uint)number)) return;
            found = true;
            FailStream.Run(world, row, ref world.Stream[row], 503, 'K', 'D');
        });
        if (!found) request.Answer("No such session (use 'show sess').");
    }
}
