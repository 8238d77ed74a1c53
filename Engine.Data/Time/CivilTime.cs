using System;

namespace Engine.Data.Time;

/// <summary>A second since 1970 taken apart in the Gregorian calendar.</summary>
public readonly struct CivilTime
{
    private const int SecondsPerDay = 86_400;
    private const int DaysOf400Years = 146_097;

    public readonly int Year;
    public readonly int Month;
    public readonly int Day;
    public readonly int SecondOfDay;

    /// <summary>0: Sunday.</summary>
    public readonly int DayOfWeek;

    /// <summary>0: the first of January.</summary>
    public readonly int DayOfYear;

    /// <param name="second">Seconds since 1970, with the zone's distance from UTC added.</param>
    public CivilTime(long second)
    {
        long day = Math.DivRem(second, SecondsPerDay, out long ofDay);
        if (ofDay < 0)
        {
            ofDay += SecondsPerDay;
            day--;
        }

        // Days are counted from the first of March of year 0, so that the leap day is the last of its year.
        long fromMarch = day + 719_468;
        long era = (fromMarch >= 0 ? fromMarch : fromMarch - DaysOf400Years + 1) / DaysOf400Years;
        int dayOfEra = (int)(fromMarch - (era * DaysOf400Years));
        int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        int dayFromMarch = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int monthFromMarch = ((5 * dayFromMarch) + 2) / 153;
        Month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        Year = (int)(yearOfEra + (era * 400)) + (Month <= 2 ? 1 : 0);
        Day = dayFromMarch - (((153 * monthFromMarch) + 2) / 5) + 1;
        SecondOfDay = (int)ofDay;
        DayOfWeek = (int)(((day % 7) + 11) % 7);
        bool leap = Year % 4 == 0 && (Year % 100 != 0 || Year % 400 == 0);
        DayOfYear = Month <= 2 ? dayFromMarch - 306 : dayFromMarch + 59 + (leap ? 1 : 0);
    }

    public int Hour => SecondOfDay / 3600;

    public int Minute => SecondOfDay / 60 % 60;

    public int Second => SecondOfDay % 60;
}
