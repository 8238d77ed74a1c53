using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Times with the reference's messages.</summary>
internal static class TimeReader
{
    /// <summary>How a message names the place: <c>in argument to &lt;word&gt;.</c></summary>
    public const bool InArgument = true;

    /// <summary>
    /// Milliseconds up to what a timer can hold. False after an alert, whose shape differs by keyword as it does in
    /// the reference.
    /// </summary>
    public static bool TryRead(Directive line, string what, string text, bool inArgument, out uint milliseconds)
    {
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out milliseconds, out char bad);
        if (milliseconds > ConfigurationUnits.TimerMaxMs) fault = UnitFault.Overflow;
        switch (fault)
        {
            case UnitFault.None:
                return true;
            case UnitFault.Surplus:
                WarnOfSurplus(line.Diagnostics, text, bad);
                return true;
            case UnitFault.Overflow:
                line.Alert($"timer overflow in argument '{text}' to '{what}' "
                    + "(maximum value is 2147483647 ms or ~24.8 days)");
                return false;
            default:
                line.Alert(inArgument
                    ? $"unexpected character '{bad}' in argument to <{what}>."
                    : $"unexpected character '{bad}' in '{what}'");
                return false;
        }
    }

    /// <summary>What is said of characters behind a unit; the place is not told, as in the reference.</summary>
    public static void WarnOfSurplus(Diagnostics diagnostics, string text, char bad, string place = "") =>
        diagnostics.Warn($"{place}unexpected character '{bad}' after the timer value '{text}', only (us=microseconds,"
            + "ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. This will be reported as an error "
            + "in next versions.");
}
