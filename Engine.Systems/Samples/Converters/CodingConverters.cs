using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Hexadecimal, base64, percent coding and address masks (manual section 7.3.1).</summary>
internal static unsafe class CodingConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("hex", ArgumentSpec.None, SampleType.Binary, SampleType.String, &Hex);
        Add("hex2i", ArgumentSpec.None, SampleType.String, SampleType.Integer, &FromHex);
        Add("base64", ArgumentSpec.None, SampleType.Binary, SampleType.String, &ToBase64);
        Add("b64dec", ArgumentSpec.None, SampleType.String, SampleType.Binary, &FromBase64);
        Add("url_dec", new ArgumentSpec(0, ArgumentKind.Integer), SampleType.String, SampleType.String, &FromPercent);
        Add(
            "ipmask", new ArgumentSpec(1, ArgumentKind.Ipv4Mask, ArgumentKind.Ipv6Mask), SampleType.Address,
            SampleType.Address, &Mask);
    }

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    private static void Add(
        string word, ArgumentSpec arguments, SampleType input, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, arguments, input, output, convert));

    private static bool Hex(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Span<byte> free = scope.Scratch.Free;
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        if (free.Length < bytes.Length * 2) return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            free[i * 2] = Digits[bytes[i] >> 4];
            free[(i * 2) + 1] = Digits[bytes[i] & 15];
        }
        sample.SetString(scope.Scratch.Commit(bytes.Length * 2));
        return true;
    }

    private static bool FromHex(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ulong value = 0;
        foreach (byte digit in sample.Bytes.Span)
        {
            int number = HexDigit.Value(digit);
            if (number < 0) return false;
            value = (value << 4) | (uint)number;
        }
        sample.SetInteger((long)value);
        return true;
    }

    private static bool ToBase64(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (Base64.EncodeToUtf8(sample.Bytes.Span, scope.Scratch.Free, out _, out int written) != OperationStatus.Done)
            return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool FromBase64(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!DecodeBase64.TryRun(sample.Bytes.Span, scope.Scratch.Free, out int written)) return false;
        sample.SetBinary(scope.Scratch.Commit(written));
        return true;
    }

    /// <summary>A plus is a space behind the question mark, or everywhere with argument 1. A wrong escape: no value.</summary>
    private static bool FromPercent(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Span<byte> free = scope.Scratch.Free;
        ReadOnlySpan<byte> text = sample.Bytes.Span;
        if (free.Length < text.Length) return false;
        bool inForm = arguments.Integer(0) != 0;
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == '?') inForm = true;
            else if (value == '+' && inForm) value = (byte)' ';
            else if (value == '%')
            {
                if (text.Length - i < 3 || (HexDigit.Value(text[i + 1]) | HexDigit.Value(text[i + 2])) < 0) return false;
                value = (byte)((HexDigit.Value(text[i + 1]) << 4) | HexDigit.Value(text[i + 2]));
                i += 2;
            }
            free[written++] = value;
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    /// <summary>An IPv6 address that carries an IPv4 one is masked as that; others need the second argument.</summary>
    private static bool Mask(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (sample.Type == SampleType.Ipv6) CastSample.TryNarrow(ref sample);
        bool four = sample.Type == SampleType.Ipv4;
        if (!four && !arguments.Has(1)) return false;
        ReadOnlySpan<byte> mask = arguments.Items[four ? 0 : 1].Address;
        for (int i = 0; i < (four ? 4 : 16); i++) sample.Address[i] &= mask[i];
        return true;
    }
}
