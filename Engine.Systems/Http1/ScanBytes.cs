using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Systems.Http1;

/// <summary>
/// The vectorised scans of the HTTP/1 parsers. They answer where the first byte of a kind is; <c>end</c> when
/// there is none. Where fewer bytes are left than a vector has, they go byte by byte: nothing beyond
/// <c>end</c> is read.
/// </summary>
public static unsafe class ScanBytes
{
    private const byte LastOfLineEnds = (byte)'\r';

    // Bytes by class: rows by high nibble. A byte belongs to a class when the row bit of its high nibble is
    // set in the entry of its low nibble, so two table look-ups within a register classify a whole vector.
    private static Vector128<byte> Rows =>
        Vector128.Create(0, 0, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, (byte)0);

    // token (RFC 9110 section 5.6.2): letters, digits and !#$%&'*+-.^_`|~
    private static Vector128<byte> TokenColumns => Vector128.Create(
        (byte)0xE8, 0xFC, 0xF8, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xF8, 0xF8, 0xF4, 0x54, 0xD0, 0x54, 0xF4, 0x70);

    // reg-name (RFC 3986 section 3.2.2) less ',': letters, digits and -._~!$&'()*+;=%
    private static Vector128<byte> HostColumns => Vector128.Create(
        (byte)0xA8, 0xFC, 0xF8, 0xF8, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xF4, 0x5C, 0x50, 0x5C, 0xD4, 0x70);

    /// <summary>A bit for each of 32 readable bytes that no token may hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotToken32(byte* at)
    {
        if (Avx2.IsSupported)
        {
            Vector256<byte> bytes = Vector256.Load(at);
            Vector256<byte> nibble = Vector256.Create((byte)0x0F);
            Vector256<byte> column =
                Avx2.Shuffle(Vector256.Create(TokenColumns, TokenColumns), bytes & nibble);
            Vector256<byte> high = Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble;
            Vector256<byte> row = Avx2.Shuffle(Vector256.Create(Rows, Rows), high);
            return Vector256.Equals(column & row, Vector256<byte>.Zero).ExtractMostSignificantBits();
        }
        return NotToken16(at) | (NotToken16(at + 16) << 16);
    }

    /// <summary>A bit for each of 16 readable bytes that no token may hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotToken16(byte* at) => NotOfClass(Vector128.Load(at), TokenColumns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotOfClass(Vector128<byte> bytes, Vector128<byte> columns)
    {
        Vector128<byte> nibble = Vector128.Create((byte)0x0F);
        Vector128<byte> column = Vector128.ShuffleNative(columns, bytes & nibble);
        Vector128<byte> high = Vector128.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble;
        Vector128<byte> row = Vector128.ShuffleNative(Rows, high);
        return Vector128.Equals(column & row, Vector128<byte>.Zero).ExtractMostSignificantBits();
    }

    public static bool IsToken(byte value) => IsOfClass(value, TokenColumns);

    private static bool IsOfClass(byte value, Vector128<byte> columns) =>
        (columns.GetElement(value & 15) & Rows.GetElement(value >> 4)) != 0;

    /// <summary>The first byte that no token may hold.</summary>
    public static byte* TokenEnd(byte* at, byte* end)
    {
        while (end - at >= 16)
        {
            uint other = NotToken16(at);
            if (other != 0) return at + BitOperations.TrailingZeroCount(other);
            at += 16;
        }
        while (at < end && IsToken(*at)) at++;
        return at;
    }

    /// <summary>
    /// Whether all bytes may stand in a host name: no port, no brackets, no comma (THREATS.md A23). Bytes
    /// from
    /// <paramref name="at"/> to <paramref name="readable"/> may be read.
    /// </summary>
    public static bool IsHostName(byte* at, int length, byte* readable)
    {
        while (length > 0 && readable - at >= 16)
        {
            uint other = NotOfClass(Vector128.Load(at), HostColumns);
            if (length < 16) return (other & ((1u << length) - 1)) == 0;
            if (other != 0) return false;
            at += 16;
            length -= 16;
        }
        for (; length > 0; length--)
        {
            if (!IsOfClass(*at++, HostColumns)) return false;
        }
        return true;
    }

    /// <summary>The first NUL, LF or CR.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* LineEnd(byte* at, byte* end)
    {
        Vector256<byte> last = Vector256.Create(LastOfLineEnds);
        while (end - at >= 64)
        {
            // Two vectors at once: most values are shorter than both, so that one well-predicted branch
            // decides.
            ulong low = Vector256.LessThanOrEqual(Vector256.Load(at), last).ExtractMostSignificantBits();
            ulong high =
                Vector256.LessThanOrEqual(Vector256.Load(at + 32), last).ExtractMostSignificantBits();
            ulong found = low | (high << 32);
            while (found != 0)
            {
                byte* hit = at + BitOperations.TrailingZeroCount(found);
                if (IsLineEnd(*hit)) return hit;
                found &= found - 1;
            }
            at += 64;
        }
        return LineEndNear(at, end);
    }

    private static byte* LineEndNear(byte* at, byte* end)
    {
        Vector128<byte> last = Vector128.Create(LastOfLineEnds);
        while (end - at >= 16)
        {
            uint found = Vector128.LessThanOrEqual(Vector128.Load(at), last).ExtractMostSignificantBits();
            while (found != 0)
            {
                byte* hit = at + BitOperations.TrailingZeroCount(found);
                if (IsLineEnd(*hit)) return hit;
                found &= found - 1;
            }
            at += 16;
        }
        while (at < end && !IsLineEnd(*at)) at++;
        return at;
    }

    // The vector compare finds all bytes up to CR; HTAB and other control bytes among them are part of the
    // value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLineEnd(byte value) => value is (byte)'\r' or (byte)'\n' or 0;

    /// <summary>The first byte of a target that is not a visible ASCII character, or is '#'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* TargetEnd(byte* at, byte* end)
    {
        while (end - at >= 32)
        {
            Vector256<byte> bytes = Vector256.Load(at);
            // As signed numbers the bytes above 127 are below the blank as well.
            Vector256<sbyte> low = Vector256.LessThanOrEqual(bytes.AsSByte(), Vector256.Create((sbyte)' '));
            Vector256<byte> odd = low.AsByte()
                | Vector256.Equals(bytes, Vector256.Create((byte)0x7F))
                | Vector256.Equals(bytes, Vector256.Create((byte)'#'));
            uint found = odd.ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += 32;
        }
        while (at < end && IsTarget(*at)) at++;
        return at;
    }

    private static bool IsTarget(byte value) => value is > (byte)' ' and < 0x7F and not (byte)'#';

    /// <summary>The first LF.</summary>
    public static byte* LineFeed(byte* at, byte* end)
    {
        while (end - at >= 32)
        {
            Vector256<byte> feeds = Vector256.Equals(Vector256.Load(at), Vector256.Create((byte)'\n'));
            uint found = feeds.ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += 32;
        }
        while (at < end && *at != '\n') at++;
        return at;
    }
}
