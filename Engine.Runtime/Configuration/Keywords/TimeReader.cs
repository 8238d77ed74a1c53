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
        if (fault == UnitFault.None && milliseconds > ConfigurationUnits.TimerMaxMs) fault = UnitFault.Overflow;
        switch (fault)
        {
            case UnitFault.None:
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
}
