namespace Engine.Data.Logs;

/// <summary>The texts of dates that are cached by the second.</summary>
public enum DateForm
{
    /// <summary><c>20/Nov/2026:15:14:36</c>, local time.</summary>
    Local = 0,

    /// <summary><c>20/Nov/2026:15:14:36 +0100</c>, local time with its distance from UTC.</summary>
    LocalZone,

    /// <summary><c>20/Nov/2026:14:14:36 +0000</c>.</summary>
    UtcZone,

    /// <summary><c>Nov 20 15:14:36</c>, local time: the header of RFC 3164.</summary>
    Header,

    /// <summary><c>2026-11-20T15:14:36</c>, local time, without its distance from UTC.</summary>
    Iso,

    /// <summary><c>+01:00</c>: the distance that belongs to <see cref="Iso"/>.</summary>
    IsoZone,
}
