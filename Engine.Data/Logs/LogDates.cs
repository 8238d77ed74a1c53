using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Logs;

/// <summary>
/// The time zone of log lines and the texts last made of whole seconds. One a thread: a line's dates differ from the
/// line before only in their milliseconds.
/// </summary>
public sealed unsafe class LogDates
{
    /// <summary>Seconds kept of each form: accept, request and present lie close together.</summary>
    private const int Ways = 4;

    private const int Forms = (int)DateForm.IsoZone + 1;

    private readonly DateText* texts;

    public LogDates(TimeZoneInfo zone)
    {
        Zone = zone;
        texts = (DateText*)NativeRegion.Reserve((nuint)(sizeof(DateText) * Forms * Ways));
        for (int i = 0; i < Forms * Ways; i++) texts[i].Second = long.MinValue;
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>Where the text of a second is kept; it is of another second when <see cref="DateText.Second"/> differs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateText* Find(DateForm form, long second) => texts + (((int)form * Ways) + (int)(second & (Ways - 1)));
}
