using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// Counters that one process leaves to the next (management guide section 9.5): of each proxy, server and listener that
/// has a <c>guid</c>, one line behind a line that names the columns.
/// </summary>
internal static class StatsFile
{
    private const string FrontColumns =
        "stot,bin,bout,dreq,dresp,ereq,rate,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,req_rate,req_tot,comp_in,"
        + "comp_out,comp_byp,comp_rsp,conn_rate,conn_tot,intercepted,dcon,dses,wrew,cache_lookups,cache_hits,eint,h1sess,h2sess,"
        + "h3sess,req_other,h1req,h2req,h3req,reqbin,reqbout,resbin,resbout,cache_hint_hits";

    private const string BackColumns =
        "stot,bin,bout,dreq,dresp,econ,eresp,wretr,wredis,chkfail,chkdown,lastchg,lbtot,rate,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,"
        + "hrsp_5xx,hrsp_other,hanafail,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,wrew,connect,reuse,"
        + "cache_lookups,cache_hits,eint,reqbin,reqbout,resbin,resbout,cache_hint_hits";

    private const int FrontKinds = (1 << (int)StatKind.Frontend) | (1 << (int)StatKind.Listener);
    private const int BackKinds = (1 << (int)StatKind.Backend) | (1 << (int)StatKind.Server);

    public static IEnumerable<StringBuilder> Text(EngineAccess engine)
    {
        foreach (StringBuilder part in Section(engine, "#fe guid,", FrontColumns, FrontKinds)) yield return part;
        yield return new StringBuilder("\n");
        foreach (StringBuilder part in Section(engine, "#be guid,", BackColumns, BackKinds)) yield return part;
    }

    private static IEnumerable<StringBuilder> Section(EngineAccess engine, string start, string columns, int kinds)
    {
        StringBuilder text = new(start);
        yield return text.Append(columns).Append(",\n");
        int[] places = Array.ConvertAll(columns.Split(','), StatColumns.Of);
        foreach (StatLine line in CollectStats.InTurn(engine, new StatFilter { Kinds = kinds }))
        {
            if (GuidOf(engine.Configuration, line) is not { } guid) continue;
            text.Clear().Append(guid).Append(',');
            foreach (int place in places) text.Append(Count(line.Value(place))).Append(',');
            yield return text.Append('\n');
        }
    }

    /// <summary>What was never there, and -1, which stands for never, count 0.</summary>
    private static ReadOnlySpan<char> Count(ReadOnlySpan<char> value) => value.IsEmpty || value[0] == '-' ? "0" : value;

    private static string? GuidOf(CompiledConfiguration configuration, StatLine line)
    {
        if (line.Server is { } server) return server.Guid;
        if (line.Kind != StatKind.Listener) return line.Proxy.Guid;
        foreach (int number in line.Proxy.Listeners)
            if (configuration.Listeners[number].Id == line.Id) return configuration.Listeners[number].Guid;
        return null;
    }
}
