using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// Follows a chunked body through the segments it arrives in (RFC 9112 section 7.1). Lines end in CR LF and
/// nothing else, sizes are digits and nothing else (THREATS.md A11 to A16); blanks behind a size and
/// extensions are taken and left out, trailer names become lower case. What remains is a plain chunked body,
/// or with
/// <see cref="BodyDelivery.Decoded"/> its payload alone; a body that came plain is passed without moving a byte.
/// </summary>
public static unsafe class ScanChunked
{
    /// <summary>Works in place over one segment; any split of the body will do.</summary>
    /// <param name="consumed">
    /// Bytes used up: all, unless the body ends before the segment does or is wrong.
    /// </param>
    /// <param name="produced">Bytes at the front of the segment to pass on, never more than consumed.</param>
    public static ChunkResult Run(ref BodyState state, Span<byte> input, out int consumed, out int produced)
    {
        Check.That(state.Kind == BodyKind.Chunked && !state.Done);
        fixed (byte* start = input)
        {
            ChunkCursor cursor = new(start, input.Length, state.Delivery is BodyDelivery.Decoded or BodyDelivery.Dropped);
            ChunkResult result = ChunkResult.More;
            while (result == ChunkResult.More && cursor.At < cursor.End) result = Step(ref state, ref cursor);
            cursor.Flush();
            consumed = (int)(cursor.At - start);
            produced = (int)(cursor.Out - start);
            Check.That(produced <= consumed);
            state.Done = result == ChunkResult.Done;
            return result;
        }
    }

    /// <summary>Takes at least one byte, or answers an error at it.</summary>
    private static ChunkResult Step(ref BodyState state, ref ChunkCursor cursor)
    {
        switch ((ChunkStep)state.ChunkState)
        {
            case ChunkStep.Data:
                return PassData(ref state, ref cursor);
            case ChunkStep.DataReturn:
                return Expect(ref state, ref cursor, (byte)'\r', ChunkStep.DataFeed);
            case ChunkStep.DataFeed:
                state.Remaining = 0;
                return Expect(ref state, ref cursor, (byte)'\n', ChunkStep.Size);
            case ChunkStep.SizeFeed:
                return EndSize(ref state, ref cursor);
            case ChunkStep.Extension:
                return DropExtension(ref state, ref cursor);
            case ChunkStep.Blank:
                return DropBlanks(ref state, ref cursor);
            case >= ChunkStep.TrailerStart:
                return PassTrailer(ref state, ref cursor);
            default:
                return ReadSize(ref state, ref cursor);
        }
    }

    private static ChunkResult PassData(ref BodyState state, ref ChunkCursor cursor)
    {
        ulong count = Math.Min(state.Remaining, (ulong)(cursor.End - cursor.At));
        cursor.PassPayload((int)count);
        state.Passed += count;
        state.Remaining -= count;
        if (state.Remaining == 0) state.ChunkState = (byte)ChunkStep.DataReturn;
        return ChunkResult.More;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ChunkResult Expect(ref BodyState state, ref ChunkCursor cursor, byte value, ChunkStep next)
    {
        if (*cursor.At != value) return ChunkResult.BadLineEnd;
        cursor.PassFraming();
        state.ChunkState = (byte)next;
        return ChunkResult.More;
    }

    private static ChunkResult ReadSize(ref BodyState state, ref ChunkCursor cursor)
    {
        int digits = state.ChunkState;
        while (cursor.At < cursor.End)
        {
            int digit = HexDigit(*cursor.At);
            if (digit < 0)
            {
                state.ChunkState = (byte)digits;
                return EndDigits(ref state, ref cursor, digits);
            }
            // Digits are bounded beside the size, for zeros in front make none.
            if (digits == ChunkLimits.SizeDigitsMax) return ChunkResult.BadSize;
            state.Remaining = (state.Remaining << 4) | (uint)digit;
            if (state.Remaining > ChunkLimits.SizeMax) return ChunkResult.BadSize;
            digits++;
            cursor.PassFraming();
        }
        state.ChunkState = (byte)digits;
        return ChunkResult.More;
    }

    private static ChunkResult EndDigits(ref BodyState state, ref ChunkCursor cursor, int digits)
    {
        if (digits == 0) return ChunkResult.BadSize;
        switch (*cursor.At)
        {
            case (byte)'\r':
                cursor.PassFraming();
                state.ChunkState = (byte)ChunkStep.SizeFeed;
                return ChunkResult.More;
            case (byte)';' or (byte)' ' or (byte)'\t':
                state.ChunkState = (byte)ChunkStep.Blank;
                return ChunkResult.More;
            case (byte)'\n':
                return ChunkResult.BadLineEnd;
            default:
                return ChunkResult.BadSize;
        }
    }

    // Only blanks may stand between a size and its end or its ';' (BWS, RFC 9112 section 7.1.1): digits behind them would
    // be another size to another reader.
    private static ChunkResult DropBlanks(ref BodyState state, ref ChunkCursor cursor)
    {
        while (cursor.At < cursor.End)
        {
            byte value = *cursor.At;
            if (value is (byte)';' or (byte)'\r')
            {
                state.ChunkState = (byte)ChunkStep.Extension;
                return ChunkResult.More;
            }
            if (value == '\n') return ChunkResult.BadLineEnd;
            if (value is not ((byte)' ' or (byte)'\t')) return ChunkResult.BadSize;
            if (++state.LineBytes > ChunkLimits.ExtensionBytesMax) return ChunkResult.ExtensionsTooLong;
            cursor.Drop();
        }
        return ChunkResult.More;
    }

    private static ChunkResult DropExtension(ref BodyState state, ref ChunkCursor cursor)
    {
        while (cursor.At < cursor.End)
        {
            byte value = *cursor.At;
            if (value == '\r')
            {
                cursor.PassFraming();
                state.ChunkState = (byte)ChunkStep.SizeFeed;
                return ChunkResult.More;
            }
            if (value == '\n') return ChunkResult.BadLineEnd;
            if (value is < (byte)' ' and not (byte)'\t' or 0x7F) return ChunkResult.BadExtension;
            if (++state.LineBytes > ChunkLimits.ExtensionBytesMax) return ChunkResult.ExtensionsTooLong;
            cursor.Drop();
        }
        return ChunkResult.More;
    }

    private static ChunkResult EndSize(ref BodyState state, ref ChunkCursor cursor)
    {
        if (*cursor.At != '\n') return ChunkResult.BadLineEnd;
        cursor.PassFraming();
        bool last = state.Remaining == 0;
        state.ChunkState = (byte)(last ? ChunkStep.TrailerStart : ChunkStep.Data);
        if (last) state.LineBytes = 0;
        else state.LineBytes -= (int)Math.Min((ulong)state.LineBytes, state.Remaining);
        return ChunkResult.More;
    }

    private static ChunkResult PassTrailer(ref BodyState state, ref ChunkCursor cursor)
    {
        ChunkResult result = ChunkResult.More;
        while (result == ChunkResult.More && cursor.At < cursor.End)
        {
            if (++state.LineBytes > ChunkLimits.TrailerBytesMax) return ChunkResult.TrailersTooLong;
            bool isLine = state.ChunkState is not ((byte)ChunkStep.TrailerStart or (byte)ChunkStep.LastFeed);
            result = ScanTrailer.Run(ref state, ref *cursor.At);
            if (result > ChunkResult.Done) continue;
            // The first byte of a line tells what it is only when it was looked at.
            isLine |= state.ChunkState == (byte)ChunkStep.TrailerName;
            if (isLine && state.Delivery == BodyDelivery.WithoutTrailers) cursor.Drop();
            else cursor.PassFraming();
        }
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HexDigit(byte value)
    {
        int digit = value - '0';
        if ((uint)digit <= 9) return digit;
        digit = (value | 0x20) - 'a';
        return (uint)digit <= 5 ? digit + 10 : -1;
    }
}
