using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands about single streams (management guide section 9.3).</summary>
internal static unsafe class StreamCommands
{
    /// <summary>Rows that a worker looks at in one go: it has requests to serve too.</summary>
    private const uint BatchRows = 64;

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("show sess", AdminLevel.Operator, "[help|<id>|all] [opts...]", Show,
            "report the list of current streams or dump this exact stream");
        ServerCommands.Add("shutdown session", AdminLevel.Admin, "[id]", Shut, "kill a specific session");
    }

    private static void Show(AdminRequest request)
    {
        if (StreamFilter.Read(request) is not { } filter) return;
        if (filter.Number == 0) request.Session.AnswerWith(Streams(request.Engine, filter, request.Session.Anonymous));
        else
        {
            string found = "";
            request.DoOnAll(world => found += One(world, filter.Number));
            if (found.Length == 0) request.Answer("Session not found.");
            else request.Output.Add(found);
        }
    }

    /// <summary>The streams of all threads, each batch made on its thread.</summary>
    private static IEnumerable<string> Streams(EngineAccess engine, StreamFilter filter, Anonymizer hide)
    {
        for (int thread = 0; thread < engine.Worlds.Length; thread++)
        {
            uint end = 0;
            for (uint row = 0; row == 0 || row < end; row += BatchRows)
            {
                uint first = row;
                StringBuilder text = new();
                bool done = engine.Run(thread, world =>
                {
                    end = world.Streams.RowsEverUsed;
                    for (uint i = first; i < end && i < first + BatchRows; i++)
                        if (world.Streams.IsTaken(i) && filter.Takes(world, i)) Add(world, i, filter, hide, text);
                });
                if (!done) yield break;
                if (text.Length > 0) yield return text.ToString();
            }
        }
    }

    private static void Add(World world, uint row, StreamFilter filter, Anonymizer hide, StringBuilder text)
    {
        if (filter.IsLong) StreamText.Long(world, row, text);
        else StreamText.Short(world, row, filter.ShowsUri, hide, text);
    }

    private static string One(World world, ulong number)
    {
        if (!TryFind(world, number, out uint row)) return "";
        StringBuilder text = new();
        StreamText.Long(world, row, text);
        return text.ToString();
    }

    private static bool TryFind(World world, ulong number, out uint row)
    {
        row = (uint)(number >> 32) & Table.NoRow;
        return world.Thread + 1 == (int)(number >> 56) && world.Streams.IsLive(row, (uint)number);
    }

    private static void Shut(AdminRequest request)
    {
        if (!StreamFilter.TryReadNumber(request.Argument(0), out ulong number))
        {
            request.Refuse("Session pointer expected (use 'show sess').");
            return;
        }
        bool found = false;
        request.DoOnAll(world =>
        {
            if (!TryFind(world, number, out uint row)) return;
            found = true;
            FailStream.Run(world, row, ref world.Stream[row], 503, 'K', 'D');
        });
        if (!found) request.Refuse("No such session (use 'show sess').");
    }
}
