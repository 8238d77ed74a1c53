using System;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Hashes that protect nothing: for choosing and comparing (manual section 7.3.1).</summary>
internal static unsafe class HashConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("crc32", &Crc32);
        Add("crc32c", &Crc32C);
        Add("djb2", &Djb2);
        Add("sdbm", &Sdbm);
        Add("wt6", &Wt6);
        Add("xxh32", &Xxh32);
        Add("xxh64", &Xxh64);
        Add("xxh3", &Xxh3);
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(
            word, new ArgumentSpec(0, ArgumentKind.Integer), SampleType.Binary, SampleType.Integer, convert));

    /// <summary>With an argument other than 0 the bits are mixed once more, so that near values come out far apart.</summary>
    private static bool Answer(uint hash, Arguments arguments, ref Sample sample)
    {
        if (arguments.Integer(0) != 0) hash = Hashes.Mix(hash);
        sample.SetInteger(hash);
        return true;
    }

    private static bool Crc32(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Answer(System.IO.Hashing.Crc32.HashToUInt32(sample.Bytes.Span), arguments, ref sample);

    private static bool Crc32C(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        uint hash = uint.MaxValue;
        foreach (byte value in sample.Bytes.Span) hash = BitOperations.Crc32C(hash, value);
        return Answer(~hash, arguments, ref sample);
    }

    private static bool Djb2(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Answer(Hashes.Djb2(sample.Bytes.Span), arguments, ref sample);

    private static bool Sdbm(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Answer(Hashes.Sdbm(sample.Bytes.Span), arguments, ref sample);

    private static bool Wt6(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Answer(Hashes.Wt6(sample.Bytes.Span), arguments, ref sample);

    private static bool Xxh32(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(XxHash32.HashToUInt32(sample.Bytes.Span, (int)arguments.Integer(0)));
        return true;
    }

    private static bool Xxh64(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger((long)XxHash64.HashToUInt64(sample.Bytes.Span, arguments.Integer(0)));
        return true;
    }

    private static bool Xxh3(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger((long)XxHash3.HashToUInt64(sample.Bytes.Span, arguments.Integer(0)));
        return true;
    }
}
