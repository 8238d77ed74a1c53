using System;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Tokens of a distcc message: four characters and eight hexadecimal digits each, behind most of them as many bytes as the
/// digits say (manual section 7.3.5).
/// </summary>
internal static unsafe class DistccFetches
{
    private const int NameLength = 4;
    private const int HeadLength = 12;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("distcc_body", SampleType.Binary, &Body);
        Add("distcc_param", SampleType.Integer, &Parameter);
    }

    private static void Add(string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(
            word, new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.Integer), output, SamplePlaces.EitherHead, fetch)
        {
            Needs = "request buffer,response buffer",
            Prepare = &Prepare,
        });

    private static string? Prepare(ParsePlace place, Arguments arguments) =>
        arguments.Text(0).Length == NameLength ? null : "token name must be exactly 4 characters";

    private static bool Parameter(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryFind(ref scope, arguments, ref sample, out uint parameter, out _)) return false;
        sample.SetInteger(parameter);
        return true;
    }

    /// <summary>As much of it as is there.</summary>
    private static bool Body(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryFind(ref scope, arguments, ref sample, out uint parameter, out ByteView rest)) return false;
        ByteView name = arguments.Text(0);
        int length = HasBody(name.Span) ? (int)Math.Min(parameter, (uint)rest.Length) : 0;
        sample.MayChange = HasBody(name.Span) && parameter > (uint)rest.Length;
        sample.SetBinary(rest.Slice(0, length));
        return true;
    }

    /// <summary>The occurrence that is asked for, from 1, or the first; false when it is not there, or not yet.</summary>
    private static bool TryFind(
        ref Evaluation scope, Arguments arguments, ref Sample sample, out uint parameter, out ByteView rest)
    {
        parameter = 0;
        rest = default;
        BufferChain* input = scope.ServerInput != null ? scope.ServerInput : scope.ClientInput;
        if (input == null || scope.Frontend.Mode != ProxyMode.Tcp) return false;
        int there = Math.Min(input->Length, scope.Configuration.Globals.BufferSize);
        if (!ReadInput.TryTake(ref scope, input, 0, there, out ByteView bytes)) return false;
        long occurrence = arguments.Integer(1);
        long seen = 0;
        for (int at = 0; ;)
        {
            if (at + HeadLength > there)
            {
                sample.MayChange = at + HeadLength <= scope.Configuration.Globals.BufferSize;
                return false;
            }
            ReadOnlySpan<byte> name = bytes.Span.Slice(at, NameLength);
            if (!TryNumber(bytes.Span.Slice(at + NameLength, HeadLength - NameLength), out parameter)) return false;
            at += HeadLength;
            if (name.SequenceEqual(arguments.Text(0).Span) && (occurrence == 0 || ++seen == occurrence))
            {
                rest = bytes.Slice(at, there - at);
                return true;
            }
            if (!HasBody(name)) continue;
            if (parameter > (uint)(there - at)) return false;
            at += (int)parameter;
        }
    }

    private static bool HasBody(ReadOnlySpan<byte> name) =>
        !(name.SequenceEqual("ARGC"u8) || name.SequenceEqual("DIST"u8) || name.SequenceEqual("NFIL"u8)
            || name.SequenceEqual("STAT"u8) || name.SequenceEqual("DONE"u8));

    private static bool TryNumber(ReadOnlySpan<byte> digits, out uint number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            int value = HexDigit.Value(digit);
            if (value < 0) return false;
            number = (number << 4) | (uint)value;
        }
        return true;
    }
}
