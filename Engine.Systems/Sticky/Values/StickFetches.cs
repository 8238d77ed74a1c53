using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using static Engine.Systems.Sticky.Values.StickDatums;

namespace Engine.Systems.Sticky.Values;

/// <summary>
/// The <c>sc_</c>, <c>sc0_</c>, <c>sc1_</c>, <c>sc2_</c> and <c>src_</c> fetches and the <c>table_</c> converters about data
/// of entries (manual sections 7.3.3 and 7.3.1).
/// </summary>
internal static unsafe class StickFetches
{
    private static readonly ArgumentSpec One = new(1, ArgumentKind.Table);
    private static readonly ArgumentSpec Optional = new(0, ArgumentKind.Table);
    private static readonly ArgumentSpec Numbered = new(1, ArgumentKind.Integer, ArgumentKind.Table);
    private static readonly ArgumentSpec Indexed = new(2, ArgumentKind.Integer, ArgumentKind.Integer, ArgumentKind.Table);
    private static readonly ArgumentSpec IndexedOne = new(2, ArgumentKind.Integer, ArgumentKind.Table);

    [ModuleInitializer]
    internal static void Register()
    {
        Add<ReadDatum<BytesInRate>>("bytes_in_rate");
        Add<ReadDatum<BytesOutRate>>("bytes_out_rate");
        Add<ReadDatum<ConnectionCount>>("conn_cnt");
        Add<ReadDatum<ConnectionsNow>>("conn_cur");
        Add<ReadDatum<ConnectionRate>>("conn_rate");
        Add<ReadDatum<GlitchCount>>("glitch_cnt");
        Add<ReadDatum<GlitchRate>>("glitch_rate");
        Add<ReadDatum<Gpc0Rate>>("gpc0_rate");
        Add<ReadDatum<Gpc1Rate>>("gpc1_rate");
        Add<ReadDatum<ErrorCount>>("http_err_cnt");
        Add<ReadDatum<ErrorRate>>("http_err_rate");
        Add<ReadDatum<FailureCount>>("http_fail_cnt");
        Add<ReadDatum<FailureRate>>("http_fail_rate");
        Add<ReadDatum<RequestCount>>("http_req_cnt");
        Add<ReadDatum<RequestRate>>("http_req_rate");
        Add<ReadDatum<SessionCount>>("sess_cnt");
        Add<ReadDatum<SessionRate>>("sess_rate");
        Add<ReadKilobytes<BytesInCount>>("kbytes_in", SamplePlaces.Connection);
        Add<ReadKilobytes<BytesOutCount>>("kbytes_out", SamplePlaces.Connection);
        Add<ClearDatum<Gpc0>>("clr_gpc0");
        Add<ClearDatum<Gpc1>>("clr_gpc1");
        Add<IncreaseDatum<Gpc0, Gpc0Rate>>("inc_gpc0");
        Add<IncreaseDatum<Gpc1, Gpc1Rate>>("inc_gpc1");
        Add<ReadDatum<Gpc0>>("get_gpc0", "gpc0");
        Add<ReadDatum<Gpc1>>("get_gpc1", "gpc1");
        Add<ReadDatum<Gpt0>>("get_gpt0", "gpt0");
        AddIndexed<ClearDatum<Gpc>>("clr_gpc", "clr_gpc");
        AddIndexed<IncreaseDatum<Gpc, GpcRate>>("inc_gpc", "inc_gpc");
        AddIndexed<ReadDatum<Gpc>>("get_gpc", "gpc");
        AddIndexed<ReadDatum<GpcRate>>("gpc_rate", "gpc_rate");
        AddIndexed<ReadDatum<Gpt>>("get_gpt", "gpt");
        Words.Fetches.Add(new("sc1_clr_gpc", Numbered, SampleType.Integer, SamplePlaces.Running, &OfSecondAt<ClearDatum<Gpc>>));
        AddTracked<ReadTrackers>("trackers", SamplePlaces.Running);
        AddConverter<ReadTrackers>("trackers");
        AddConverter<ReadDatum<ServerId>>("server_id");
        Words.Fetches.Add(new("src_updt_conn_cnt", One, SampleType.Integer, SamplePlaces.Connection, &OfClient<UpdateConnections>));
    }

    private static void Add<TOperation>(string name, SamplePlaces places = SamplePlaces.Running)
        where TOperation : struct, IStickOperation
    {
        AddTracked<TOperation>(name, places);
        AddClient<TOperation>(name);
        AddConverter<TOperation>(name);
    }

    private static void Add<TOperation>(string name, string converter)
        where TOperation : struct, IStickOperation
    {
        AddTracked<TOperation>(name, SamplePlaces.Running);
        AddClient<TOperation>(name);
        AddConverter<TOperation>(converter);
    }

    private static void AddTracked<TOperation>(string name, SamplePlaces places)
        where TOperation : struct, IStickOperation
    {
        Words.Fetches.Add(new($"sc_{name}", Numbered, SampleType.Integer, places, &OfNumber<TOperation>));
        Words.Fetches.Add(new($"sc0_{name}", Optional, SampleType.Integer, places, &OfFirst<TOperation>));
        Words.Fetches.Add(new($"sc1_{name}", Optional, SampleType.Integer, places, &OfSecond<TOperation>));
        Words.Fetches.Add(new($"sc2_{name}", Optional, SampleType.Integer, places, &OfThird<TOperation>));
    }

    private static void AddClient<TOperation>(string name)
        where TOperation : struct, IStickOperation =>
        Words.Fetches.Add(new($"src_{name}", One, SampleType.Integer, SamplePlaces.Connection, &OfClient<TOperation>));

    private static void AddConverter<TOperation>(string name)
        where TOperation : struct, IStickOperation =>
        Words.Converters.Add(new($"table_{name}", One, SampleType.None, SampleType.Integer, &OfValue<TOperation>));

    private static void AddIndexed<TOperation>(string name, string converter)
        where TOperation : struct, IStickOperation
    {
        Words.Fetches.Add(new($"sc_{name}", Indexed, SampleType.Integer, SamplePlaces.Running, &OfNumberAt<TOperation>));
        Words.Fetches.Add(new($"src_{name}", IndexedOne, SampleType.Integer, SamplePlaces.Connection, &OfClientAt<TOperation>));
        Words.Converters.Add(new($"table_{converter}", IndexedOne, SampleType.None, SampleType.Integer, &OfValueAt<TOperation>));
    }

    private static bool OfFirst<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickSource.OfTracked<TOperation>(ref scope, 0, (int)arguments.Integer(0, -1), 0, ref sample);

    private static bool OfSecond<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickSource.OfTracked<TOperation>(ref scope, 1, (int)arguments.Integer(0, -1), 0, ref sample);

    private static bool OfThird<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickSource.OfTracked<TOperation>(ref scope, 2, (int)arguments.Integer(0, -1), 0, ref sample);

    private static bool OfNumber<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickSource.OfTracked<TOperation>(ref scope, arguments.Integer(0), (int)arguments.Integer(1, -1), 0, ref sample);

    private static bool OfNumberAt<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        TryIndex(arguments, out int index)
        && StickSource.OfTracked<TOperation>(ref scope, arguments.Integer(1), (int)arguments.Integer(2, -1), index, ref sample);

    private static bool OfSecondAt<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        TryIndex(arguments, out int index)
        && StickSource.OfTracked<TOperation>(ref scope, 1, (int)arguments.Integer(1, -1), index, ref sample);

    private static bool OfClient<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickSource.OfClient<TOperation>(ref scope, (int)arguments.Integer(0), 0, ref sample);

    private static bool OfClientAt<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        TryIndex(arguments, out int index)
        && StickSource.OfClient<TOperation>(ref scope, (int)arguments.Integer(1), index, ref sample);

    private static bool OfValue<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        StickLookup.Run<TOperation>(ref scope, (int)arguments.Integer(0), 0, ref sample);

    private static bool OfValueAt<TOperation>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TOperation : struct, IStickOperation =>
        TryIndex(arguments, out int index)
        && StickLookup.Run<TOperation>(ref scope, (int)arguments.Integer(1), index, ref sample);

    private static bool TryIndex(Arguments arguments, out int index)
    {
        long number = arguments.Integer(0);
        index = (int)number;
        return number is >= 0 and < StickDataRow.ArrayMax;
    }
}
