using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What was captured (manual section 7.3.6), and converters that capture (section 7.3.1).</summary>
internal static unsafe class CaptureFetches
{
    private static readonly ByteView Http10 = ByteView.Literal("HTTP/1.0");
    private static readonly ByteView Http11 = ByteView.Literal("HTTP/1.1");

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec index = new(1, ArgumentKind.Integer);
        Words.Fetches.Add(new("capture.req.hdr", index, SampleType.String, SamplePlaces.Transaction, &OfRequest)
        {
            Needs = "HTTP request headers",
        });
        Words.Fetches.Add(new("capture.res.hdr", index, SampleType.String, SamplePlaces.ResponseBytes, &OfResponse)
        {
            Needs = "HTTP response",
        });
        Words.Fetches.Add(new("capture.res.ver", ArgumentSpec.None, SampleType.String, SamplePlaces.Transaction, &Version));
        const SamplePlaces ids = SamplePlaces.FrontendSide | SamplePlaces.TcpCheck;
        Words.Fetches.Add(new("unique-id", ArgumentSpec.None, SampleType.String, ids, &Id));
        Words.Converters.Add(new("capture-req", index, SampleType.String, SampleType.String, &IntoRequest));
        Words.Converters.Add(new("capture-res", index, SampleType.String, SampleType.String, &IntoResponse));
    }

    private static bool OfRequest(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Frontend.Captures is { } plan && Read(ref scope, plan.Request, arguments, ref sample);

    private static bool OfResponse(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Frontend.Captures is { } plan && Read(ref scope, plan.Response, arguments, ref sample);

    private static bool Id(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!UniqueId.TryTake(ref scope, out ByteView id)) return false;
        sample.SetString(id);
        return true;
    }

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || scope.Log->ResponseVersion == HttpVersion.None) return false;
        sample.SetString(scope.Log->ResponseVersion == HttpVersion.Http10 ? Http10 : Http11);
        return true;
    }

    private static bool Read(ref Evaluation scope, CaptureSlot[] slots, Arguments arguments, ref Sample sample)
    {
        ulong index = (ulong)arguments.Integer(0);
        if (index >= (ulong)slots.Length) return false;
        if (!CapturePlan.TryRead(scope.Captures, slots[index], out ByteView text)) return false;
        sample.SetString(text);
        return true;
    }

    private static bool IntoRequest(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Frontend.Captures is { } plan && Keep(ref scope, plan.Request, arguments, ref sample);

    private static bool IntoResponse(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Frontend.Captures is { } plan && Keep(ref scope, plan.Response, arguments, ref sample);

    /// <summary>What is kept may be cut; the value goes on whole.</summary>
    private static bool Keep(ref Evaluation scope, CaptureSlot[] slots, Arguments arguments, ref Sample sample)
    {
        ulong index = (ulong)arguments.Integer(0);
        if (scope.Captures == null || index >= (ulong)slots.Length) return false;
        CapturePlan.Keep(scope.Captures, slots[index], sample.Bytes.Span);
        return true;
    }
}
