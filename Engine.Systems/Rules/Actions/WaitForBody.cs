using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>wait-for-body</c>: holds a message until its body is there, or so much of it, or no more fits into a buffer
/// (manual section 4.4).
/// </summary>
internal static unsafe class WaitForBody
{
    private sealed class Operands
    {
        public uint WaitMs;

        /// <summary>Bytes that are enough; 0: all of the body.</summary>
        public uint AtLeast;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "time <time> [ at-least <bytes> ]";
        Words.HttpRequestActions.Add(new("wait-for-body", usage, &OfRequest));
        Words.HttpResponseActions.Add(new("wait-for-body", usage, &OfResponse));
    }

    private static bool OfRequest(Directive line, ref RuleStep step)
    {
        step.Action = &WaitForClient;
        return Parse(line, ref step);
    }

    private static bool OfResponse(Directive line, ref RuleStep step)
    {
        step.Action = &WaitForServer;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        Operands operands = new();
        bool hasTime = false;
        while (!ActionLine.EndsHere(line) && line.Peek() is "time" or "at-least")
        {
            string word = line.Next();
            if (line.AtEnd) return ActionLine.Refuse(line, $"missing argument for '{word}'");
            string text = line.Next();
            UnitFault fault = word == "time"
                ? ConfigurationUnits.TryTimeMs(text, out operands.WaitMs, out char bad)
                : ConfigurationUnits.TrySize(text, out operands.AtLeast, out bad);
            hasTime |= word == "time";
            if (fault == UnitFault.Overflow) return ActionLine.Refuse(line, $"overflow in argument '{text}'");
            if (fault != UnitFault.None) return ActionLine.Refuse(line, $"unexpected character '{bad}'");
        }
        if (!hasTime) return ActionLine.Refuse(line, "expects time <time> [ at-least <bytes> ]");
        step.Operands = operands;
        return true;
    }

    /// <summary>What a server did not finish is passed on as far as it came.</summary>
    private static bool WaitForServer(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (BodyInput.Look(ref scope, ofResponse: true, operands.AtLeast) != BodyProgress.More) return true;
        verdict.Kind = scope.WaitIsOver ? RuleVerdictKind.ServerTooLate : RuleVerdictKind.Wait;
        verdict.WaitMs = operands.WaitMs;
        return false;
    }

    private static bool WaitForClient(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        switch (BodyInput.Look(ref scope, ofResponse: false, operands.AtLeast))
        {
            case BodyProgress.Enough:
                return true;
            case BodyProgress.Cut:
                verdict.Kind = RuleVerdictKind.ClientGone;
                return false;
            default:
                verdict.Kind = scope.WaitIsOver ? RuleVerdictKind.ClientTooLate : RuleVerdictKind.Wait;
                verdict.WaitMs = operands.WaitMs;
                return false;
        }
    }
}
