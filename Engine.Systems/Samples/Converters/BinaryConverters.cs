using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>Blocks written out, and texts turned into blocks (manual section 7.3.1).</summary>
internal static unsafe class BinaryConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec chunks = new(2, ArgumentKind.String, ArgumentKind.Integer, ArgumentKind.Integer);
        ArgumentSpec optional = new(0, ArgumentKind.String, ArgumentKind.Integer, ArgumentKind.Integer);
        Words.Converters.Add(new("be2dec", chunks, SampleType.Binary, SampleType.String, &BigEndian)
        {
            Prepare = &PrepareNumbers,
        });
        Words.Converters.Add(new("le2dec", chunks, SampleType.Binary, SampleType.String, &LittleEndian)
        {
            Prepare = &PrepareNumbers,
        });
        Words.Converters.Add(new("be2hex", optional, SampleType.Binary, SampleType.String, &Hexadecimal)
        {
            Prepare = &PrepareHexadecimal,
        });
        Words.Converters.Add(new("base2", ArgumentSpec.None, SampleType.Binary, SampleType.String, &Bits));
        Words.Converters.Add(new("htonl", ArgumentSpec.None, SampleType.Integer, SampleType.Binary, &NetworkOrder));
        Words.Converters.Add(new("ub64enc", ArgumentSpec.None, SampleType.Binary, SampleType.String, &ToBase64Url));
        Words.Converters.Add(new("ub64dec", ArgumentSpec.None, SampleType.String, SampleType.Binary, &FromBase64Url));
    }

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    private static string? PrepareNumbers(ParsePlace place, Arguments arguments)
    {
        long size = arguments.Integer(1);
        if (size is < 1 or > 8) return $"chunk_size out of [1..8] range ({size})";
        return arguments.Has(2) && arguments.Integer(2) is not (0 or 1)
            ? $"Unsupported truncate value ({arguments.Integer(2)})"
            : null;
    }

    private static string? PrepareHexadecimal(ParsePlace place, Arguments arguments)
    {
        if (!arguments.Has(0)) return null;
        long size = arguments.Integer(1);
        if (size < 1) return $"chunk_size needs to be positive ({size})";
        return arguments.Has(2) && arguments.Integer(2) is not (0 or 1)
            ? $"Unsupported truncate value ({arguments.Integer(2)})"
            : null;
    }

    private static bool BigEndian(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Numbers(ref scope, arguments, isBig: true, ref sample);

    private static bool LittleEndian(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Numbers(ref scope, arguments, isBig: false, ref sample);

    /// <summary>Each chunk as a number, the separator between them; with the third argument whole chunks only.</summary>
    private static bool Numbers(ref Evaluation scope, Arguments arguments, bool isBig, ref Sample sample)
    {
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        ReadOnlySpan<byte> separator = arguments.Text(0).Span;
        Span<byte> free = scope.Scratch.Free;
        int size = (int)arguments.Integer(1);
        if (arguments.Integer(2) != 0) bytes = bytes[..(bytes.Length / size * size)];
        int written = 0;
        for (int at = 0; at < bytes.Length; at += size)
        {
            if (free.Length - written < separator.Length + WriteNumber.DecimalMax) return false;
            if (at > 0)
            {
                separator.CopyTo(free[written..]);
                written += separator.Length;
            }
            ulong number = 0;
            int end = Math.Min(at + size, bytes.Length);
            for (int i = at; i < end; i++)
            {
                number = isBig ? (number << 8) | bytes[i] : number | ((ulong)bytes[i] << (8 * (i - at)));
            }
            written += WriteNumber.Decimal(free[written..], number);
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool Hexadecimal(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        ReadOnlySpan<byte> separator = arguments.Text(0).Span;
        Span<byte> free = scope.Scratch.Free;
        int size = Math.Max(1, (int)Math.Min(arguments.Integer(1, 1), int.MaxValue));
        if (arguments.Integer(2) != 0) bytes = bytes[..(bytes.Length / size * size)];
        int written = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (free.Length - written < separator.Length + 2) return false;
            if (i > 0 && i % size == 0)
            {
                separator.CopyTo(free[written..]);
                written += separator.Length;
            }
            free[written++] = Digits[bytes[i] >> 4];
            free[written++] = Digits[bytes[i] & 15];
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool Bits(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        Span<byte> free = scope.Scratch.Free;
        if (free.Length / 8 < bytes.Length) return false;
        for (int i = 0; i < bytes.Length * 8; i++) free[i] = (byte)('0' + ((bytes[i / 8] >> (7 - (i % 8))) & 1));
        sample.SetString(scope.Scratch.Commit(bytes.Length * 8));
        return true;
    }

    /// <summary>Four bytes, the highest first.</summary>
    private static bool NetworkOrder(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Scratch.Free.Length < 4) return false;
        BinaryPrimitives.WriteUInt32BigEndian(scope.Scratch.Free, (uint)sample.Integer);
        sample.SetBinary(scope.Scratch.Commit(4));
        return true;
    }

    private static bool ToBase64Url(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (Base64Url.EncodeToUtf8(sample.Bytes.Span, scope.Scratch.Free, out _, out int written) != OperationStatus.Done)
            return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool FromBase64Url(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!DecodeBase64.TryRunUrl(sample.Bytes.Span, scope.Scratch.Free, out int written)) return false;
        sample.SetBinary(scope.Scratch.Commit(written));
        return true;
    }
}
