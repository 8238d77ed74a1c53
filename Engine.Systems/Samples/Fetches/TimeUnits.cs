using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The optional last argument of dates: <c>s</c>, <c>ms</c> or <c>us</c>.</summary>
internal static class TimeUnits
{
    /// <summary>Checks the argument and leaves its unit, in microseconds, in its number.</summary>
    public static string? Prepare(Arguments arguments, int index)
    {
        string unit = arguments.Has(index) ? arguments.Text(index).ToString() : "s";
        int microseconds = unit switch
        {
            "s" => 1_000_000,
            "ms" => 1000,
            "us" => 1,
            _ => 0,
        };
        if (microseconds == 0) return $"expects 's', 'ms' or 'us', got '{unit}'";
        arguments.Items[index].Integer = microseconds;
        return null;
    }

    public static long Of(long wallMicroseconds, Arguments arguments, int index) =>
        wallMicroseconds / arguments.Items[index].Integer;
}
