using System.Globalization;

namespace Engine.Runtime.Admin;

/// <summary>What the fields of one <c>show info</c> read from.</summary>
/// <param name="Services">Names and the configuration.</param>
/// <param name="Report">Figures of this moment.</param>
/// <param name="Float">Some values are wanted with their fractions.</param>
internal sealed record InfoSource(AdminServices Services, ProcessReport Report, bool Float)
{
    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Seconds: whole ones, or with up to six digits behind the point.</summary>
    public string Seconds(long microseconds) =>
        Float
            ? (microseconds / 1e6).ToString("0.######", CultureInfo.InvariantCulture)
            : Text(microseconds / 1_000_000);
}
