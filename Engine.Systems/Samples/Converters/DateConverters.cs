using System;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Samples.Fetches;

namespace Engine.Systems.Samples.Converters;

/// <summary>Dates from numbers, and numbers from dates (manual section 7.3.1).</summary>
internal static unsafe class DateConverters
{
    private const long Second = 1_000_000;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new(
            "http_date", new ArgumentSpec(0, ArgumentKind.Integer, ArgumentKind.String), SampleType.Integer,
            SampleType.String, &HttpDate)
        {
            Prepare = &PrepareUnit,
        });
        Words.Converters.Add(new("date", ArgumentSpec.None, SampleType.String, SampleType.Integer, &FromText));
        Add("utime", &UtcSeconds);
        Add("ms_utime", &UtcMilliseconds);
        Add("us_utime", &UtcMicroseconds);
        Add("ltime", &LocalSeconds);
        Add("ms_ltime", &LocalMilliseconds);
        Add("us_ltime", &LocalMicroseconds);
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(
            word, new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.Integer), SampleType.Integer, SampleType.String,
            convert));

    private static string? PrepareUnit(ParsePlace place, Arguments arguments) => TimeUnits.Prepare(arguments, 1);

    private static bool FromText(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ParseDate.TryRun(sample.Bytes.Span, out long second)) return false;
        sample.SetInteger(second);
        return true;
    }

    /// <summary>The first argument is added, in the unit of the second; fractions show as that unit has them.</summary>
    private static bool HttpDate(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        long perSecond = Second / arguments.Items[1].Integer;
        long value = sample.Integer + arguments.Integer(0);
        long second = Math.DivRem(value, perSecond, out long part);
        if (second is < 0 or > WriteDate.SecondsMax || part < 0) return false;
        ReadOnlySpan<byte> format = perSecond == 1 ? "%a, %d %b %Y %T GMT"u8
            : perSecond == 1000 ? "%a, %d %b %Y %T.%3N GMT"u8
            : "%a, %d %b %Y %T.%6N GMT"u8;
        int microseconds = (int)(part * (Second / perSecond));
        return Keep(ref scope, TimeText.Run(scope.Scratch.Free, format, second, microseconds, 0, isUtc: true), ref sample);
    }

    private static bool UtcSeconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, Second, isUtc: true, ref sample);

    private static bool UtcMilliseconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, 1000, isUtc: true, ref sample);

    private static bool UtcMicroseconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, 1, isUtc: true, ref sample);

    private static bool LocalSeconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, Second, isUtc: false, ref sample);

    private static bool LocalMilliseconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, 1000, isUtc: false, ref sample);

    private static bool LocalMicroseconds(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Format(ref scope, arguments, 1, isUtc: false, ref sample);

    /// <summary>The second argument is added, in the unit of the value.</summary>
    private static bool Format(
        ref Evaluation scope, Arguments arguments, long unitMicroseconds, bool isUtc, ref Sample sample)
    {
        long perSecond = Second / unitMicroseconds;
        long second = Math.DivRem(sample.Integer + arguments.Integer(1), perSecond, out long part);
        if (second is < -WriteDate.SecondsMax or > WriteDate.SecondsMax) return false;
        if (part < 0)
        {
            part += perSecond;
            second--;
        }
        int offset = 0;
        if (!isUtc && second is >= 0 and <= WriteDate.SecondsMax)
            offset = (int)scope.Dates.Zone.GetUtcOffset(DateTime.UnixEpoch.AddSeconds(second)).TotalSeconds;
        int length = TimeText.Run(
            scope.Scratch.Free, arguments.Text(0).Span, second, (int)(part * unitMicroseconds), offset, isUtc);
        return Keep(ref scope, length, ref sample);
    }

    private static bool Keep(ref Evaluation scope, int length, ref Sample sample)
    {
        if (length < 0) return false;
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }
}
