using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>capture</c>: keeps a sample for the log line (manual section 4.4).</summary>
internal static unsafe class Capture
{
    /// <summary>Among the checks of a proxy: before the programs are made.</summary>
    private const int Order = 490;

    private sealed class Operands
    {
        public SampleExpression Expression = null!;

        /// <summary>Of the frontend that the stream came in at, which may be another's section than the rule's.</summary>
        public int Index;

        public bool OfRequest;
        public bool IsNumber;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("capture", "<sample> { len <length> | id <index> }", &ParseRequest));
        Words.HttpResponseActions.Add(new("capture", "<sample> id <index>", &ParseResponse));
        Words.HttpAfterResponseActions.Add(new("capture", "<sample> id <index>", &ParseResponse));
        Words.TcpRequestActions.Add(new("capture", "<sample> len <length>", &ParseContent));
        Words.ProxyChecks.Add(new("captures", Order, &CheckNumbers));
    }

    private static bool ParseRequest(Directive line, ref RuleStep step)
    {
        if (line.Count - line.Position < 3)
            return ActionLine.Refuse(line, "expects <expression> [ 'len' <length> | id <idx> ]");
        if (!TryExpression(line, "", out Operands operands)) return false;
        operands.OfRequest = true;
        string kind = line.Next();
        if (kind == "id") return TryNumber(line, operands, ref step);
        if (kind != "len") return ActionLine.Refuse(line, $"expects 'len or 'id', found '{kind}'");
        if (!line.Proxy.HasFrontend && line.Section != SectionKinds.Defaults)
            return ActionLine.Refuse(line, $"proxy '{line.Proxy.Name}' has no frontend capability");
        int length = ConfigurationUnits.Integer(line.Next());
        if (length <= 0) return ActionLine.Refuse(line, "length must be > 0");
        return Reserve(line, operands, length, ref step);
    }

    private static bool ParseResponse(Directive line, ref RuleStep step)
    {
        if (line.Count - line.Position < 3) return ActionLine.Refuse(line, "expects <expression> id <idx>");
        if (!TryExpression(line, "", out Operands operands)) return false;
        string kind = line.Next();
        if (kind != "id") return ActionLine.Refuse(line, $"expects 'id', found '{kind}'");
        return TryNumber(line, operands, ref step);
    }

    private static bool ParseContent(Directive line, ref RuleStep step)
    {
        const string rule = "'tcp-request content capture' : ";
        if (!line.Proxy.HasFrontend && line.Section != SectionKinds.Defaults)
            return ActionLine.Refuse(line, $"{rule}proxy '{line.Proxy.Name}' has no frontend capability");
        if (!TryExpression(line, rule, out Operands operands)) return false;
        operands.OfRequest = true;
        if (!line.TryTake("len")) return ActionLine.Refuse(line, $"{rule}a positive 'len' argument is mandatory");
        int length = ConfigurationUnits.Integer(line.Next());
        if (length <= 0) return ActionLine.Refuse(line, $"{rule}length must be > 0");
        return Reserve(line, operands, length, ref step);
    }

    private static bool TryExpression(Directive line, string complaint, out Operands operands)
    {
        operands = new Operands();
        ParsePlace place = ActionLine.PlaceOf(line);
        string text = ParseExpression.WordsOf(line);
        if (ParseExpression.Run(place, text, out string error) is not { } expression)
            return ActionLine.Refuse(line, complaint + error);
        operands.Expression = expression;
        FetchWord row = expression.Row!;
        if ((row.Places & place.Places) != 0) return true;
        return ActionLine.Refuse(
            line, $"{complaint}fetch method '{text}' extracts information from '{SampleNeeds.Of(row)}', none of which "
            + "is available here");
    }

    private static bool TryNumber(Directive line, Operands operands, ref RuleStep step)
    {
        string text = line.Next();
        if (!ConfigurationUnits.TryInteger(text, out long number) || number is < 0 or > int.MaxValue)
            return ActionLine.Refuse(line, $"cannot parse id '{text}'");
        operands.Index = (int)number;
        operands.IsNumber = true;
        step.Operands = operands;
        step.Action = &Keep;
        return true;
    }

    /// <summary>The slot is the rule's own.</summary>
    private static bool Reserve(Directive line, Operands operands, int length, ref RuleStep step)
    {
        CaptureSlot slot = new() { Length = int.Min(length, CaptureKeywords.LengthMax) };
        operands.Index = CaptureKeywords.Add(line.Proxy, ofRequest: true, slot);
        step.Operands = operands;
        step.Action = &Keep;
        return true;
    }

    private static void CheckNumbers(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasFrontend || proxy.Parts.Find<RulesPart>() is not { } part) return;
        foreach (RuleSet set in RuleSet.All)
        {
            foreach (RuleStep step in part.Of(set))
            {
                if (step.Operands is not Operands { IsNumber: true } operands) continue;
                CaptureSlot[] slots = Slots(proxy.Target.Captures, operands.OfRequest);
                if (operands.Index < slots.Length) continue;
                draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': unable to find capture id '{operands.Index}' "
                    + $"referenced by {set.Word} capture rule.");
            }
        }
    }

    private static CaptureSlot[] Slots(CapturePlan? plan, bool ofRequest) =>
        plan is null ? [] : ofRequest ? plan.Request : plan.Response;

    /// <summary>A number that the stream's frontend has no slot for is passed over.</summary>
    private static bool Keep(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (scope.Captures == null || scope.Frontend.Captures is not { } plan) return true;
        CaptureSlot[] slots = operands.OfRequest ? plan.Request : plan.Response;
        if (operands.Index >= slots.Length) return true;
        int mark = scope.Scratch.Used;
        Sample sample = default;
        if (EvaluateExpression.RunAs(ref scope, operands.Expression, SampleType.String, ref sample))
            CapturePlan.Keep(scope.Captures, slots[operands.Index], sample.Bytes.Span);
        scope.Scratch.Rewind(mark);
        return true;
    }
}
