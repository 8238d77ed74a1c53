using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The process, the clock and chance (manual section 7.3.2).</summary>
internal static unsafe class ProcessFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("pid", SampleType.Integer, SamplePlaces.Anywhere, &Pid);
        Add("hostname", SampleType.String, SamplePlaces.Anywhere, &Hostname);
        Add("nbproc", SampleType.Integer, SamplePlaces.Anywhere, &One);
        Add("proc", SampleType.Integer, SamplePlaces.Anywhere, &One);
        Add("thread", SampleType.Integer, SamplePlaces.Anywhere, &Thread);
        Add("tgroup", SampleType.Integer, SamplePlaces.Anywhere, &Group);
        Add("uptime", SampleType.Integer, SamplePlaces.Anywhere, &Uptime);
        Add("date_us", SampleType.Integer, SamplePlaces.Anywhere, &Microseconds);
        Add("act_conn", SampleType.Integer, SamplePlaces.Anywhere, &Connections);
        Add("stopping", SampleType.Boolean, SamplePlaces.Running, &Stopping);
        Add("wait_end", SampleType.Boolean, SamplePlaces.Running, &WaitEnd);
        Words.Fetches.Add(new(
            "date", new ArgumentSpec(0, ArgumentKind.Integer, ArgumentKind.String), SampleType.Integer,
            SamplePlaces.Anywhere, &Date)
        {
            Prepare = &PrepareDate,
        });
        Words.Fetches.Add(new(
            "rand", new ArgumentSpec(0, ArgumentKind.Integer), SampleType.Integer, SamplePlaces.Anywhere, &Random));
        Words.Fetches.Add(new(
            "uuid", new ArgumentSpec(0, ArgumentKind.Integer), SampleType.String, SamplePlaces.Anywhere, &Uuid)
        {
            Prepare = &PrepareUuid,
        });
    }

    private static void Add(
        string word, SampleType output, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, places, fetch));

    private static bool Pid(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(scope.Process.Pid);
        return true;
    }

    private static bool Hostname(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetString(scope.Process.Hostname);
        return true;
    }

    private static bool One(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(1);
        return true;
    }

    private static bool Thread(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(scope.Thread);
        return true;
    }

    /// <summary>There is one group of threads, the first.</summary>
    private static bool Group(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(0);
        return true;
    }

    private static bool Uptime(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger((scope.WallMicroseconds - scope.Process.StartedWallMicroseconds) / 1_000_000);
        return true;
    }

    private static bool Microseconds(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(scope.WallMicroseconds % 1_000_000);
        return true;
    }

    private static bool Connections(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        sample.SetInteger(Volatile.Read(ref scope.Shared.Process.Connections));
        return true;
    }

    private static bool Stopping(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(scope.Shared is not null && Volatile.Read(ref scope.Shared.Process.Stopping) != 0);
        return true;
    }

    /// <summary>True once all is there that is waited for.</summary>
    private static bool WaitEnd(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.InputMayGrow)
        {
            sample.MayChange = true;
            return false;
        }
        sample.SetBoolean(true);
        return true;
    }

    private static string? PrepareDate(ParsePlace place, Arguments arguments) => TimeUnits.Prepare(arguments, 1);

    /// <summary>The offset is in the unit of the answer.</summary>
    private static bool Date(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(TimeUnits.Of(scope.WallMicroseconds, arguments, 1) + arguments.Integer(0));
        return true;
    }

    /// <summary>0 up to but without the range, which is 2^32 when it is not given.</summary>
    private static bool Random(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ulong drawn = Draw(ref scope) >> 32;
        sample.SetInteger(
            arguments.Has(0) ? (long)((drawn * (ulong)(uint)arguments.Integer(0)) >> 32) : (long)drawn);
        return true;
    }

    private static string? PrepareUuid(ParsePlace place, Arguments arguments)
    {
        long version = arguments.Integer(0, 4);
        return version is 4 or 7 ? null : $"Unsupported UUID version: '{version}'";
    }

    /// <summary>RFC 9562: version 4 is chance, version 7 begins with the milliseconds since 1970.</summary>
    private static bool Uuid(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < 36) return false;
        long version = arguments.Integer(0, 4);
        ulong high = Draw(ref scope);
        ulong low = Draw(ref scope);
        if (version == 7) high = ((ulong)(scope.WallMicroseconds / 1000) << 16) | (high & 0x0FFF);
        high = (high & ~0xF000ul) | ((ulong)version << 12);
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        int at = 0;
        for (int digit = 0; digit < 32; digit++)
        {
            if (digit is 8 or 12 or 16 or 20) free[at++] = (byte)'-';
            ulong half = digit < 16 ? high : low;
            free[at++] = "0123456789abcdef"u8[(int)((half >> (60 - ((digit & 15) * 4))) & 15)];
        }
        sample.SetString(scope.Scratch.Commit(at));
        return true;
    }

    /// <summary>The next number of the thread's sequence (xorshift; SplitMix's finish spreads it).</summary>
    private static ulong Draw(ref Evaluation scope)
    {
        ulong x = *scope.Random;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        *scope.Random = x;
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
