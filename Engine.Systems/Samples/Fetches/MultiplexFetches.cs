using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Http2;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Streams of a connection, how many it may have, and what was odd about it (manual section 7.3.3).</summary>
internal static unsafe class MultiplexFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("fc_glitches", SamplePlaces.Connection, &ClientGlitches);
        Add("fc_nb_streams", SamplePlaces.Connection, &ClientStreams);
        Add("fc_settings_streams_limit", SamplePlaces.Connection, &ClientLimit);
        Add("bc_glitches", SamplePlaces.ServerConnection, &ServerGlitches);
        Add("bc_nb_streams", SamplePlaces.ServerConnection, &ServerStreams, "server-side connection");
        Add("bc_settings_streams_limit", SamplePlaces.ServerConnection, &ServerLimit, "server-side connection");
    }

    private static void Add(
        string word, SamplePlaces places, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch, string needs = "") =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Integer, places, fetch) { Needs = needs });

    private static bool ClientGlitches(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Set(ref sample, scope.ClientHttp2 == null ? 0 : scope.ClientHttp2->Glitches);

    private static bool ClientStreams(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Set(ref sample, StreamsOf(scope.ClientHttp2));

    private static bool ClientLimit(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Http2Settings settings = scope.Configuration.Globals.Http2;
        return Set(ref sample, scope.ClientHttp2 == null ? 1 : settings.StreamsMaxOf(settings.Frontend));
    }

    private static bool ServerGlitches(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerDestination != null
        && Set(ref sample, scope.ServerHttp2 == null ? 0 : scope.ServerHttp2->Glitches);

    private static bool ServerStreams(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerDestination != null && Set(ref sample, StreamsOf(scope.ServerHttp2));

    private static bool ServerLimit(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.ServerDestination == null) return false;
        if (scope.ServerHttp2 == null) return Set(ref sample, 1);
        Http2Settings settings = scope.Configuration.Globals.Http2;
        return Set(ref sample, Math.Min(settings.StreamsMaxOf(settings.Backend), scope.ServerHttp2->PeerStreamsMax));
    }

    // HTTP/1 has one stream at a time.
    private static long StreamsOf(Http2Connection* connection) => connection == null ? 1 : connection->OpenStreams;

    private static bool Set(ref Sample sample, long number)
    {
        sample.SetInteger(number);
        return true;
    }
}
