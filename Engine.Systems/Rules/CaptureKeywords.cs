using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Systems.Rules;

/// <summary><c>capture</c> and <c>declare capture</c> (manual section 4.2).</summary>
internal static unsafe class CaptureKeywords
{
    /// <summary>Longest field value that can be captured: a message's head is no longer.</summary>
    internal const int LengthMax = 32767;

    private const string Whole = "'capture' expects 'cookie' or 'request header' or 'response header'.";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "capture", SectionKinds.FrontendSide,
            "{ request header | response header | cookie } <name> len <length>", &ParseCapture));
        Words.Keywords.Add(new(
            "declare", SectionKinds.Proxies, "capture { request | response } len <length>", &ParseDeclare));
    }

    /// <summary>The plan of a frontend, made at the first capture.</summary>
    internal static CapturePlan PlanOf(ProxyDraft proxy) => proxy.Target.Captures ??= new CapturePlan();

    /// <summary>Adds a slot to the requests' or the responses' captures; answers its index.</summary>
    internal static int Add(ProxyDraft proxy, bool ofRequest, CaptureSlot slot)
    {
        CapturePlan plan = PlanOf(proxy);
        ref CaptureSlot[] slots = ref plan.Request;
        if (!ofRequest) slots = ref plan.Response;
        slots = [.. slots, plan.Place(slot)];
        return slots.Length - 1;
    }

    private static void ParseCapture(Directive line)
    {
        string what = line[1];
        bool isCookie = what == "cookie";
        if (!isCookie && (what is not ("request" or "response") || line[2] != "header"))
        {
            line.Alert(Whole);
            return;
        }
        if (line.Section == SectionKinds.Defaults)
        {
            line.Alert($"'capture {what}' not allowed in 'defaults' section.");
            return;
        }
        if (!isCookie && line.Count == 3 && line[2] != "header" || !isCookie && line.Count == 2)
        {
            line.Alert(Whole);
            return;
        }
        int name = isCookie ? 2 : 3;
        // The reference never looks at the word before the length of a cookie.
        bool saysLength = isCookie || line[name + 1] == "len";
        if (line[name].Length == 0 || !saysLength || line[name + 2].Length == 0)
        {
            line.Alert(isCookie
                ? "'capture' expects 'cookie' <cookie_name> 'len' <len>."
                : $"'capture {what}' expects 'header' <header_name> 'len' <len>.");
            return;
        }
        // Nor at what follows it.
        if (line.Count > name + 3 && !isCookie)
        {
            line.RefuseWord($"capture {what}", line[name + 3]);
            return;
        }
        int length = int.Clamp(ConfigurationUnits.Integer(line[name + 2]), 0, LengthMax);
        if (isCookie) Cookie(line, line[name], length);
        else
        {
            ByteView lower = ByteView.Literal(line[name].ToLowerInvariant());
            CaptureSlot slot = new() { Name = lower, Known = KnownHeaders.Find(lower.Span), Length = length };
            Add(line.Proxy, what == "request", slot);
        }
    }

    /// <summary>A later line replaces an earlier one, as there is one cookie for a frontend.</summary>
    private static void Cookie(Directive line, string name, int length)
    {
        int longest = System.Math.Max(0, line.Draft.Globals.CookieLengthMax);
        if (length > longest)
        {
            line.Diagnostics.WarnBare($"truncating capture length to {longest} bytes for frontend '{line.Proxy.Name}'.");
            length = longest;
        }
        CapturePlan plan = PlanOf(line.Proxy);
        ByteView begin = ByteView.Literal(name);
        plan.RequestCookie = plan.Place(new CaptureSlot { Name = begin, Length = length });
        plan.ResponseCookie = plan.Place(new CaptureSlot { Name = begin, Length = length });
    }

    private static void ParseDeclare(Directive line)
    {
        if (line.Section == SectionKinds.Defaults) line.Alert("'declare' not available in default section");
        else if (line.Section == SectionKinds.Backend)
            line.Alert("'declare' only available in frontend or listen section");
        else if (line.Count < 2)
            line.Alert("'declare' needs a second keyword that specify the type of declaration ('capture')");
        else if (line[1] != "capture") line.Alert($"unknown declaration type '{line[1]}' (supports 'capture')");
        else if (line[2] is not ("request" or "response"))
            line.Alert("'declare capture' requires a direction ('request' or 'response')");
        else if (line[3] != "len") line.Alert("'declare capture' requires a capture length ('len')");
        else if (line[4].Length == 0)
        {
            line.Alert(
                "'declare capture': 'len' requires a numeric value that represents the capture length");
        }
        else if (!ConfigurationUnits.TryInteger(line[4], out long length))
            line.Alert($"'declare capture': cannot parse the length '{line[4]}'.");
        else if (length <= 0) line.Alert("length must be > 0");
        else
        {
            CaptureSlot slot = new() { Length = (int)long.Min(length, LengthMax) };
            Add(line.Proxy, line[2] == "request", slot);
        }
    }
}
