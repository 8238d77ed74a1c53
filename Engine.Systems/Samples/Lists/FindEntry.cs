using System;
using System.Globalization;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary>Looks a text up as a rule would look up the value it stands for.</summary>
public static unsafe class FindEntry
{
    /// <summary>Regular expressions have an instance for each worker; this number is none's.</summary>
    private const int NoWorker = 63;

    /// <summary>Null when nothing matches, or the text is no value that the method takes.</summary>
    public static PatternEntry? Run(PatternList list, int use, ReadOnlySpan<byte> text)
    {
        if (list.Live[use] is not { } index) return null;
        fixed (byte* start = text)
        {
            Sample sample = default;
            sample.SetString(new ByteView(start, text.Length));
            if (!TryCast(list.Uses[use].Method, ref sample)) return null;
            Evaluation scope = new() { Thread = NoWorker };
            return index.Find(ref scope, in sample);
        }
    }

    private static bool TryCast(string method, ref Sample sample)
    {
        switch (method)
        {
            case "int":
                return long.TryParse(
                    sample.Bytes.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sample.Integer);
            case "ip":
                sample.Type = LoadList.TypeOf(sample.Bytes.Span, out AddressBytes address);
                sample.Address = address;
                return sample.Type != SampleType.None;
            case "method":
                sample.Integer = (long)MethodNames.Find(sample.Bytes.Span);
                return true;
            default:
                return true;
        }
    }
}
