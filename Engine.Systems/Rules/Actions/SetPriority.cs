using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-priority-class</c> and <c>set-priority-offset</c>: a request's place among those that wait (manual section 4.4).
/// What is beyond the range counts as its end; without a number everything stays as it was.
/// </summary>
internal static unsafe class SetPriority
{
    private const long ClassMax = 2047;

    /// <summary>Milliseconds.</summary>
    private const long OffsetMax = 524287;

    [ModuleInitializer]
    internal static void Register()
    {
        foreach (Registry<ActionWord> set in (Registry<ActionWord>[])[Words.TcpRequestActions, Words.HttpRequestActions])
        {
            set.Add(new("set-priority-class", "<expr>", &ParseClass));
            set.Add(new("set-priority-offset", "<expr>", &ParseOffset));
        }
    }

    private static bool ParseClass(Directive line, ref RuleStep step)
    {
        step.Action = &SetClass;
        return Parse(line, ref step);
    }

    private static bool ParseOffset(Directive line, ref RuleStep step)
    {
        step.Action = &SetOffset;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        ParsePlace place = ActionLine.PlaceOf(line);
        SampleExpression? expression = ParseExpression.Run(place, ParseExpression.WordsOf(line), out string reason);
        if (expression is null) return ActionLine.Refuse(line, reason);
        if ((expression.Row!.Places & place.Places) == 0)
        {
            return ActionLine.Refuse(line, $"fetch method '{step.Word}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
        }
        step.Operands = expression;
        return true;
    }

    private static bool SetClass(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTake(ref scope, step, ClassMax, out int value)) scope.Log->PriorityClass = value;
        return true;
    }

    private static bool SetOffset(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTake(ref scope, step, OffsetMax, out int value)) scope.Log->PriorityOffset = value;
        return true;
    }

    private static bool TryTake(ref Evaluation scope, in RuleStep step, long most, out int value)
    {
        value = 0;
        if (scope.Log == null) return false;
        int mark = scope.Scratch.Used;
        Sample sample = default;
        SampleExpression expression = Unsafe.As<SampleExpression>(step.Operands!);
        bool found = EvaluateExpression.RunAs(ref scope, expression, SampleType.Integer, ref sample);
        if (found) value = (int)Math.Clamp(sample.Integer, -most, most);
        scope.Scratch.Rewind(mark);
        return found;
    }
}
