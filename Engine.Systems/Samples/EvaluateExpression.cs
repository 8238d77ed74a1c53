using Engine.Data.Samples;

namespace Engine.Systems.Samples;

/// <summary>
/// Takes a sample: the fetch, then the converters with the casts between them. Values that are computed stand in the
/// scratch area; whoever asked gives it back when the value is used up.
/// </summary>
public static unsafe class EvaluateExpression
{
    /// <summary>False: there is no such value.</summary>
    public static bool Run(ref Evaluation scope, SampleExpression expression, ref Sample sample)
    {
        if (!expression.Fetch(ref scope, expression.FetchArguments, ref sample)) return false;
        return expression.Conversions.Length == 0 || Convert(ref scope, expression, ref sample);
    }

    /// <summary>The value as a type; None takes it as it is.</summary>
    public static bool RunAs(
        ref Evaluation scope, SampleExpression expression, SampleType type, ref Sample sample) =>
        Run(ref scope, expression, ref sample)
        && (sample.Type == type || CastSample.Run(ref scope, ref sample, type));

    private static bool Convert(ref Evaluation scope, SampleExpression expression, ref Sample sample)
    {
        Conversion[] conversions = expression.Conversions;
        for (int i = 0; i < conversions.Length; i++)
        {
            ref readonly Conversion step = ref conversions[i];
            if (sample.Type != step.Input && !CastSample.Run(ref scope, ref sample, step.Input)) return false;
            if (!step.Convert(ref scope, step.Arguments, ref sample)) return false;
        }
        return true;
    }
}
