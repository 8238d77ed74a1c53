using System;
using Engine.Data.Registries;

namespace Engine.Systems.Samples;

/// <summary>What a sample is taken from, in the words of messages about samples taken where that is not there.</summary>
public static class SampleNeeds
{
    /// <summary>Whether it is taken from the bytes of a buffer, which in HTTP mode holds a message instead.</summary>
    public static bool IsBuffer(FetchWord row) => row.Needs.StartsWith("request buffer", StringComparison.Ordinal) || row.Needs == "response buffer";

    public static string Of(FetchWord row) =>
        row.Needs.Length > 0 ? row.Needs : row.Places switch
        {
            SamplePlaces.Request => "HTTP request headers",
            SamplePlaces.ResponseHead => "HTTP response headers",
            SamplePlaces.EitherHead => "HTTP request headers,HTTP response headers",
            SamplePlaces.Connection => "client address",
            SamplePlaces.ServerConnection => "server address",
            SamplePlaces.ChosenBackend => "backend",
            SamplePlaces.ChosenServer => "server",
            SamplePlaces.ResponseBytes => "response buffer statistics",
            SamplePlaces.FrontendSide => "frontend",
            SamplePlaces.Transaction => "stream",
            _ => "something",
        };
}
