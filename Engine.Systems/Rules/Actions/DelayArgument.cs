using System;
using Engine.Data.Configuration;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>A time that an action takes: as text, or as an expression in milliseconds.</summary>
internal sealed class DelayArgument
{
    private SampleExpression? expression;
    private uint fixedMs;

    /// <summary>Takes the next word. Null after an alert.</summary>
    /// <param name="line">The cursor stands on the argument.</param>
    /// <param name="rule">How messages call the action.</param>
    /// <param name="allowsNull">A time of 0 means something.</param>
    public static DelayArgument? Parse(Directive line, string rule, bool allowsNull)
    {
        string text = line.Next();
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint milliseconds, out char bad);
        if (text.Length > 0 && fault == UnitFault.None && milliseconds == 0 && !allowsNull)
        {
            ActionLine.Refuse(line, $"null value is not valid for a '{rule}' rule");
            return null;
        }
        if (text.Length > 0 && fault == UnitFault.None) return new DelayArgument { fixedMs = milliseconds };
        if (text.Length > 0 && fault == UnitFault.Overflow)
        {
            ActionLine.Refuse(line, $"timer overflow in rule '{text}' (maximum value is 2147483647 ms or ~24.8 days)");
            return null;
        }
        ParsePlace place = ActionLine.PlaceOf(line);
        SampleExpression? expression = text.Length == 0 ? null : ParseExpression.Run(place, text, out _);
        if (expression is null)
        {
            string character = text.Length == 0 ? "" : bad.ToString();
            ActionLine.Refuse(line, $"unexpected character '{character}' in rule '{rule}'");
            return null;
        }
        if ((expression.Row!.Places & place.Places) == 0)
        {
            ActionLine.Refuse(line, $"fetch method '{text}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
            return null;
        }
        return new DelayArgument { expression = expression };
    }

    /// <summary>Milliseconds, 0 where the expression has no value or one that is no time.</summary>
    public uint Of(ref Evaluation scope)
    {
        if (expression is null) return fixedMs;
        int mark = scope.Scratch.Used;
        Sample sample = default;
        bool isThere = EvaluateExpression.Run(ref scope, expression, ref sample)
            && CastSample.Run(ref scope, ref sample, SampleType.Integer);
        scope.Scratch.Rewind(mark);
        return isThere ? (uint)Math.Clamp(sample.Integer, 0, ConfigurationUnits.TimerMaxMs) : 0;
    }
}
