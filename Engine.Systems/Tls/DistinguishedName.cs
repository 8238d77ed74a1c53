using System;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// Names of subjects and issuers (manual section 7.3.4): whole as <c>/C=FR/O=x/CN=y</c> or in the order of RFC
/// 2253, or
/// one entry of it.
/// </summary>
internal static unsafe class DistinguishedName
{
    /// <summary>Entries of a name at most.</summary>
    private const int EntriesMax = 64;

    /// <summary>
    /// An entry, its occurrence (from the end when negative) and the format are the arguments, all optional.
    /// </summary>
    public static bool Read(ref Evaluation scope, nint name, Arguments arguments, ref Sample sample)
    {
        if (arguments.Has(0)) return ReadEntry(name, arguments.Text(0).Span, (int)arguments.Integer(1, 1), ref sample);
        Span<byte> room = scope.Scratch.Free;
        int count = Math.Min(OpenSsl.NameCount(name), EntriesMax);
        bool isRfc = arguments.Has(2);
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            nint entry = OpenSsl.NameEntry(name, isRfc ? count - 1 - i : i);
            ReadOnlySpan<byte> word = TlsText.Of(OpenSsl.NidShortName(OpenSsl.ObjectNid(OpenSsl.EntryObject(entry))));
            ReadOnlySpan<byte> value = ValueOf(entry).Span;
            // A zero byte in a name is there to deceive whoever reads it (THREATS.md D3).
            if (value.Contains((byte)0) || at + word.Length + value.Length + 2 > room.Length) return false;
            if (!isRfc || i > 0) room[at++] = isRfc ? (byte)',' : (byte)'/';
            word.CopyTo(room[at..]);
            at += word.Length;
            room[at++] = (byte)'=';
            value.CopyTo(room[at..]);
            at += value.Length;
        }
        if (at == 0) return false;
        sample.SetString(scope.Scratch.Commit(at));
        return true;
    }

    /// <summary>
    /// One entry, its word in any case (<c>cn</c> as <c>CN</c>), counted from the front, or from the end with a negative
    /// number.
    /// </summary>
    public static bool ReadEntry(nint name, ReadOnlySpan<byte> word, int occurrence, ref Sample sample)
    {
        int count = Math.Min(OpenSsl.NameCount(name), EntriesMax);
        int left = Math.Abs(occurrence == 0 ? 1 : occurrence);
        for (int i = 0; i < count; i++)
        {
            nint entry = OpenSsl.NameEntry(name, occurrence < 0 ? count - 1 - i : i);
            byte* own = OpenSsl.NidShortName(OpenSsl.ObjectNid(OpenSsl.EntryObject(entry)));
            if (!Ascii.EqualsIgnoreCase(TlsText.Of(own), word) || --left > 0) continue;
            ByteView value = ValueOf(entry);
            if (value.Span.Contains((byte)0)) return false;
            sample.SetString(value);
            return true;
        }
        return false;
    }

    private static ByteView ValueOf(nint entry)
    {
        nint data = OpenSsl.EntryData(entry);
        return new ByteView(OpenSsl.StringData(data), OpenSsl.StringLength(data));
    }
}
