using System;
using System.Runtime.CompilerServices;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What the kernel measured of the TCP connections of either side (manual section 7.3.3).</summary>
internal static unsafe class TcpFetches
{
    private const int MicrosecondsPerMillisecond = 1000;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("fc_rtt", &ClientRoundTrip, takesUnit: true);
        Add("fc_rttvar", &ClientVariance, takesUnit: true);
        Add("bc_rtt", &ServerRoundTrip, takesUnit: true);
        Add("bc_rttvar", &ServerVariance, takesUnit: true);
        Add("fc_unacked", &Unacknowledged);
        Add("fc_sacked", &Sacked);
        Add("fc_retrans", &Retransmitted);
        Add("fc_fackets", &ForwardAcknowledged);
        Add("fc_lost", &Lost);
        Add("fc_reordering", &Reordering);
        Words.Fetches.Add(new(
            "fc_saved_syn", ArgumentSpec.None, SampleType.Binary, SamplePlaces.Connection, &SavedSyn));
    }

    private static void Add(
        string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch, bool takesUnit = false) =>
        Words.Fetches.Add(new(word, ArgumentSpec.OptionalText, SampleType.Integer, SamplePlaces.Connection, fetch)
        {
            Prepare = takesUnit ? &CheckUnit : &WarnOfArgument,
        });

    private static string? CheckUnit(ParsePlace place, Arguments arguments) =>
        !arguments.Has(0) || arguments.Text(0).Span.SequenceEqual("us"u8)
            || arguments.Text(0).Span.SequenceEqual("ms"u8)
            ? null
            : $"expects 'us' or 'ms', got '{arguments.Text(0)}'";

    private static string? WarnOfArgument(ParsePlace place, Arguments arguments)
    {
        if (arguments.Has(0))
            place.Draft.Diagnostics.Warn("no argument supported for 'fc_*' sample expressions returning counters.");
        return null;
    }

    /// <summary>The packet that the connection began with; <c>tcp-ss</c> of its listener asks for it.</summary>
    private static bool SavedSyn(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Connection* connection = scope.ClientConnection;
        if (connection == null || connection->Fd < 0 || scope.Socket == null) return false;
        Span<byte> room = scope.Scratch.Free;
        int length;
        fixed (byte* start = room) length = scope.Socket->SavedSyn(connection->Fd, start, room.Length);
        if (length <= 0) return false;
        sample.SetBinary(scope.Scratch.Commit(length));
        return true;
    }

    private static bool ClientRoundTrip(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Time(info.RoundTrip, arguments, ref sample);

    private static bool ClientVariance(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Time(info.RoundTripVariance, arguments, ref sample);

    private static bool ServerRoundTrip(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ServerConnection, out TcpMeasures info) && Time(info.RoundTrip, arguments, ref sample);

    private static bool ServerVariance(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ServerConnection, out TcpMeasures info) && Time(info.RoundTripVariance, arguments, ref sample);

    private static bool Unacknowledged(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.Unacknowledged, ref sample);

    private static bool Sacked(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.Sacked, ref sample);

    private static bool Retransmitted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.Retransmitted, ref sample);

    private static bool ForwardAcknowledged(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.ForwardAcknowledged, ref sample);

    private static bool Lost(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.Lost, ref sample);

    private static bool Reordering(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Ask(ref scope, scope.ClientConnection, out TcpMeasures info) && Number(info.Reordering, ref sample);

    /// <summary>False where there is no connection, or none of TCP.</summary>
    private static bool Ask(ref Evaluation scope, Connection* connection, out TcpMeasures info)
    {
        info = default;
        return connection != null && connection->Fd >= 0 && scope.Socket != null
            && scope.Socket->TcpMeasures(connection->Fd, ref info);
    }

    /// <summary>In milliseconds unless microseconds are asked for.</summary>
    private static bool Time(uint microseconds, Arguments arguments, ref Sample sample)
    {
        bool isFine = arguments.Has(0) && arguments.Text(0).Span[0] == (byte)'u';
        return Number(isFine ? microseconds : microseconds / MicrosecondsPerMillisecond, ref sample);
    }

    private static bool Number(uint number, ref Sample sample)
    {
        sample.SetInteger(number);
        return true;
    }
}
