using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Short keys of what a request asks for, alone and with who asks (manual section 7.3.6).</summary>
internal static unsafe class KeyFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("base32", SampleType.Integer, &OfBase);
        Add("base32+src", SampleType.Binary, &OfBaseAndSource);
        Add("url32", SampleType.Integer, &OfUrl);
        Add("url32+src", SampleType.Binary, &OfUrlAndSource);
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Request, fetch));

    private static bool OfBase(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        RequestFetches.Base(ref scope, arguments, ref sample) && Hash(ref sample);

    private static bool OfUrl(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        RequestFetches.BaseAndQuery(ref scope, arguments, ref sample) && Hash(ref sample);

    private static bool OfBaseAndSource(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        OfBase(ref scope, arguments, ref sample) && AddSource(ref scope, ref sample);

    private static bool OfUrlAndSource(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        OfUrl(ref scope, arguments, ref sample) && AddSource(ref scope, ref sample);

    private static bool Hash(ref Sample sample)
    {
        sample.SetInteger(Hashes.Mix(Hashes.Sdbm(sample.Bytes.Span)));
        return true;
    }

    /// <summary>The key in four bytes, the address in four or sixteen behind it.</summary>
    private static bool AddSource(ref Evaluation scope, ref Sample sample)
    {
        if (scope.Client == null) return false;
        Span<byte> key = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(key, (uint)sample.Integer);
        ReadOnlySpan<byte> source = scope.Client->Source.AddressBytes;
        source.CopyTo(key[4..]);
        if (source.IsEmpty || !scope.Scratch.TryCopy(key[..(4 + source.Length)], out ByteView bytes)) return false;
        sample.SetBinary(bytes);
        return true;
    }
}
