using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The status line of the response (manual section 7.3.6).</summary>
internal static unsafe class ResponseFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("status", SampleType.Integer, &Status);
        Add("txn.status", SampleType.Integer, &SentStatus);
        Add("server_status", SampleType.Integer, &ServerStatus);
        Words.Fetches.Add(new("res.ver", ArgumentSpec.None, SampleType.String, SamplePlaces.ResponseHead, &Version)
        {
            Needs = "HTTP response",
        });
        Words.Fetches.Add(new("resp_ver", ArgumentSpec.None, SampleType.String, SamplePlaces.ResponseHead, &Version)
        {
            Needs = "HTTP response",
        });
        Words.AclWords.Add(new("resp_ver", "res.ver", "str"));
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.ServerConnection, fetch)
        {
            Needs = "HTTP response",
        });

    /// <summary>Of the head while it is there, then what the stream kept.</summary>
    private static bool Status(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Response != null)
        {
            sample.SetInteger(scope.Response->Status);
            return true;
        }
        return SentStatus(ref scope, arguments, ref sample);
    }

    private static bool ServerStatus(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || scope.Log->ServerStatus == 0) return false;
        sample.SetInteger(scope.Log->ServerStatus);
        return true;
    }

    /// <summary>What never was a request has none.</summary>
    private static bool SentStatus(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Stream == null || scope.Stream->Status == 0 || scope.Log->HeadNanoseconds == 0) return false;
        sample.SetInteger(scope.Stream->Status);
        return true;
    }

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Response == null) return false;
        sample.SetString(VersionNames.Of(scope.Response->Version));
        return true;
    }
}
