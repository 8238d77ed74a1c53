using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// What an encrypted client said in its ClientHello (manual section 7.3.4), where <c>tune.ssl.capture-buffer-size</c> has
/// it kept; otherwise there is no sample.
/// </summary>
internal static unsafe class CapturedHelloFetches
{
    private const string Digits = "0123456789ABCDEF";

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec filter = new(0, ArgumentKind.Integer);
        Add("ssl_fc_cipherlist_bin", filter, SampleType.String, &Ciphers);
        Add("ssl_fc_cipherlist_hex", filter, SampleType.Binary, &CipherDigits);
        Add("ssl_fc_cipherlist_str", filter, SampleType.String, &CipherNames);
        Add("ssl_fc_cipherlist_xxh", ArgumentSpec.None, SampleType.Integer, &CipherHash);
        Add("ssl_fc_ecformats_bin", ArgumentSpec.None, SampleType.String, &PointFormats);
        Add("ssl_fc_eclist_bin", filter, SampleType.String, &Groups);
        Add("ssl_fc_extlist_bin", filter, SampleType.String, &Extensions);
        Add("ssl_fc_protocol_hello_id", ArgumentSpec.None, SampleType.Integer, &Version);
        Add("ssl_fc_sigalgs_bin", filter, SampleType.Binary, &Signatures);
        Add("ssl_fc_supported_versions_bin", filter, SampleType.Binary, &Versions);
    }

    /// <summary>The lists are binary, also where the listing of the reference names them texts.</summary>
    private static void Add(
        string word, ArgumentSpec arguments, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, output, SamplePlaces.Session, fetch));

    private static bool Ciphers(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, out TlsHello* hello) && List(ref scope, hello, hello->Ciphers, arguments, ref sample);

    private static bool Extensions(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, out TlsHello* hello) && List(ref scope, hello, hello->Extensions, arguments, ref sample);

    private static bool Groups(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, out TlsHello* hello) && List(ref scope, hello, hello->Groups, arguments, ref sample);

    private static bool Signatures(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, out TlsHello* hello) && List(ref scope, hello, hello->Signatures, arguments, ref sample);

    private static bool Versions(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, out TlsHello* hello) && List(ref scope, hello, hello->Versions, arguments, ref sample);

    private static bool PointFormats(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryHello(ref scope, out TlsHello* hello)) return false;
        sample.SetBinary(TlsHello.View(hello, hello->PointFormats));
        return true;
    }

    private static bool CipherHash(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryHello(ref scope, out TlsHello* hello)) return false;
        sample.SetInteger((long)hello->CipherHash);
        return true;
    }

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryHello(ref scope, out TlsHello* hello)) return false;
        sample.SetInteger(hello->Version);
        return true;
    }

    private static bool CipherDigits(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!Ciphers(ref scope, arguments, ref sample)) return false;
        ReadOnlySpan<byte> list = sample.Bytes.Span;
        Span<byte> room = scope.Scratch.Free;
        if (room.Length < 2 * list.Length) return false;
        for (int i = 0; i < list.Length; i++)
        {
            room[2 * i] = (byte)Digits[list[i] >> 4];
            room[(2 * i) + 1] = (byte)Digits[list[i] & 0xF];
        }
        sample.SetBinary(scope.Scratch.Commit(2 * list.Length));
        return true;
    }

    /// <summary>The library's names, with commas between; <c>UNKNOWN(1a2b)</c> for what it knows none of.</summary>
    private static bool CipherNames(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!Ciphers(ref scope, arguments, ref sample)) return false;
        ByteView list = sample.Bytes;
        Span<byte> room = scope.Scratch.Free;
        int filled = 0;
        for (int i = 0; i + 1 < list.Length; i += 2)
        {
            nint cipher = OpenSslObjects.CipherFind(scope.ClientTls->Ssl, list.Start + i);
            ReadOnlySpan<byte> name = cipher == 0 ? default : TlsText.Of(OpenSsl.CipherName(cipher));
            const int unknown = 13;
            if (room.Length - filled < Math.Max(name.Length, unknown) + 1) return false;
            if (i > 0) room[filled++] = (byte)',';
            if (cipher == 0) filled += WriteUnknown(room[filled..], list.Start[i], list.Start[i + 1]);
            else name.CopyTo(room[filled..]);
            filled += name.Length;
        }
        sample.SetString(scope.Scratch.Commit(filled));
        return true;
    }

    private static int WriteUnknown(Span<byte> room, byte high, byte low)
    {
        ReadOnlySpan<byte> lower = "0123456789abcdef"u8;
        "UNKNOWN("u8.CopyTo(room);
        room[8] = lower[high >> 4];
        room[9] = lower[high & 0xF];
        room[10] = lower[low >> 4];
        room[11] = lower[low & 0xF];
        room[12] = (byte)')';
        return 13;
    }

    private static bool TryHello(ref Evaluation scope, out TlsHello* hello)
    {
        hello = scope.ClientTls == null ? null : scope.ClientTls->Hello;
        return hello != null && hello->Version != 0;
    }

    /// <summary>A list of two-byte numbers; with an argument that is not 0, without those of RFC 8701 (GREASE).</summary>
    private static bool List(
        ref Evaluation scope, TlsHello* hello, TlsHelloPart part, Arguments arguments, ref Sample sample)
    {
        ByteView list = TlsHello.View(hello, part);
        sample.SetBinary(list);
        if (arguments.Integer(0) == 0) return true;
        Span<byte> room = scope.Scratch.Free;
        if (room.Length < list.Length) return false;
        ReadOnlySpan<byte> all = list.Span;
        int filled = 0;
        for (int i = 0; i < all.Length; i += 2)
        {
            if (i + 1 == all.Length)
            {
                room[filled++] = all[i];
                break;
            }
            if (all[i] == all[i + 1] && (all[i] & 0xF) == 0xA) continue;
            room[filled++] = all[i];
            room[filled++] = all[i + 1];
        }
        sample.SetBinary(scope.Scratch.Commit(filled));
        return true;
    }
}
