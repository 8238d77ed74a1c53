using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Shared;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Sessions and requests of the last second (manual section 7.3.2).</summary>
internal static unsafe class RateFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("be_sess_rate", ArgumentKind.Backend, &OfBackend);
        Add("fe_req_rate", ArgumentKind.Frontend, &Requests);
        Add("fe_sess_rate", ArgumentKind.Frontend, &OfFrontend);
        Add("srv_sess_rate", ArgumentKind.Server, &OfServer);
    }

    private static void Add(
        string word, ArgumentKind kind, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, new ArgumentSpec(1, kind), SampleType.Integer, SamplePlaces.Running, fetch)
        {
            Prepare = &CountRates,
        });

    /// <summary>What nobody asks for is not counted.</summary>
    private static string? CountRates(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.CountsRates = true;
        return null;
    }

    private static bool Rate(ref Evaluation scope, ref SharedRate rate, ref Sample sample)
    {
        sample.SetInteger(rate.Read(scope.NowMs));
        return true;
    }

    private static bool OfFrontend(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is { } shared
        && Rate(ref scope, ref shared.Proxy((int)arguments.Integer(0, scope.Frontend.Number)).FrontendSessionRate, ref sample);

    private static bool Requests(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is { } shared
        && Rate(ref scope, ref shared.Proxy((int)arguments.Integer(0, scope.Frontend.Number)).RequestRate, ref sample);

    private static bool OfBackend(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is { } shared
        && Rate(
            ref scope, ref shared.Proxy((int)arguments.Integer(0, (scope.Backend ?? scope.Frontend).Number)).BackendSessionRate,
            ref sample);

    private static bool OfServer(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is { } shared && Rate(ref scope, ref shared.Server((int)arguments.Integer(0)).SessionRate, ref sample);
}
