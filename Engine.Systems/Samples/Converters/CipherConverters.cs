using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>AES in GCM and CBC, by OpenSSL (manual section 7.3.1).</summary>
internal static unsafe class CipherConverters
{
    private const int SetNonceLength = 9;
    private const int GetTag = 16;
    private const int SetTag = 17;
    private const int TagLength = 16;
    private const int BlockLength = 16;

    private sealed class Cipher(void* algorithm, int keyBits, bool encrypts, bool hasTag)
    {
        public readonly void* Algorithm = algorithm;
        public readonly int KeyBytes = keyBits / 8;
        public readonly bool Encrypts = encrypts;
        public readonly bool HasTag = hasTag;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const ArgumentKind text = ArgumentKind.String;
        ArgumentSpec tagged = new(4, ArgumentKind.Integer, text, text, text, text);
        ArgumentSpec plain = new(3, ArgumentKind.Integer, text, text, text);
        Add("aes_gcm_enc", tagged, &PrepareGcmEncrypt);
        Add("aes_gcm_dec", tagged, &PrepareGcmDecrypt);
        Add("aes_cbc_enc", plain, &PrepareCbcEncrypt);
        Add("aes_cbc_dec", plain, &PrepareCbcDecrypt);
    }

    private static void Add(string word, ArgumentSpec spec, delegate*<ParsePlace, Arguments, string?> prepare) =>
        Words.Converters.Add(new(word, spec, SampleType.Binary, SampleType.Binary, &Convert) { Prepare = prepare });

    private static string? PrepareGcmEncrypt(ParsePlace place, Arguments arguments) =>
        Prepare(place, arguments, encrypts: true, isGcm: true);

    private static string? PrepareGcmDecrypt(ParsePlace place, Arguments arguments) =>
        Prepare(place, arguments, encrypts: false, isGcm: true);

    private static string? PrepareCbcEncrypt(ParsePlace place, Arguments arguments) =>
        Prepare(place, arguments, encrypts: true, isGcm: false);

    private static string? PrepareCbcDecrypt(ParsePlace place, Arguments arguments) =>
        Prepare(place, arguments, encrypts: false, isGcm: false);

    private static string? Prepare(ParsePlace place, Arguments arguments, bool encrypts, bool isGcm)
    {
        long bits = arguments.Integer(0);
        if (bits is not (128 or 192 or 256)) return "key size must be 128, 192 or 256 (bits).";
        if (SecretArgument.Prepare(place, arguments, 1, "nonce") is { } nonce) return nonce;
        if (SecretArgument.Prepare(place, arguments, 2, "key") is { } key) return key;
        if (isGcm && encrypts)
        {
            string name = arguments.Text(3).ToString();
            if (ParseVariable.Name(place.Draft, name, out VariableRef variable) is { } refusal)
                return $"failed to parse aead_tag : {refusal}";
            arguments.Items[3].Kind = ArgumentKind.Variable;
            arguments.Items[3].Integer = variable.Packed;
        }
        else if (isGcm && SecretArgument.Prepare(place, arguments, 3, "aead_tag") is { } tag)
        {
            return tag;
        }
        int additional = isGcm ? 4 : 3;
        if (arguments.Has(additional) && SecretArgument.Prepare(place, arguments, additional, "aad") is { } aad) return aad;
        void* algorithm = LibCrypto.Cipher($"aes-{bits}-{(isGcm ? "gcm" : "cbc")}");
        arguments.Prepared = new Cipher(algorithm, (int)bits, encrypts, isGcm);
        return null;
    }

    private static bool Convert(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Cipher cipher = Unsafe.As<Cipher>(arguments.Prepared!);
        if (cipher.Algorithm == null) return false;
        if (!SecretArgument.TryGet(ref scope, ref arguments.Items[1], out ByteView nonce)) return false;
        if (!SecretArgument.TryGet(ref scope, ref arguments.Items[2], out ByteView key)) return false;
        if (key.Length < cipher.KeyBytes || nonce.IsEmpty) return false;
        if (!cipher.HasTag && nonce.Length < BlockLength && !TryPad(ref scope, ref nonce)) return false;
        void* work = LibCrypto.NewCipher();
        if (work == null) return false;
        bool done = TryRun(ref scope, arguments, cipher, work, nonce, key, ref sample);
        LibCrypto.FreeCipher(work);
        return done;
    }

    /// <summary>CBC takes a whole block: what is missing is zeros, as the reference has it.</summary>
    private static bool TryPad(ref Evaluation scope, ref ByteView nonce)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        nonce.Span.CopyTo(block);
        return scope.Scratch.TryCopy(block, out nonce);
    }

    private static bool TryRun(
        ref Evaluation scope, Arguments arguments, Cipher cipher, void* work, ByteView nonce, ByteView key,
        ref Sample sample)
    {
        int direction = cipher.Encrypts ? 1 : 0;
        if (LibCrypto.Begin(work, cipher.Algorithm, null, null, null, direction) != 1) return false;
        if (cipher.HasTag && LibCrypto.Control(work, SetNonceLength, nonce.Length, null) != 1) return false;
        if (LibCrypto.Begin(work, null, null, key.Start, nonce.Start, direction) != 1) return false;
        int written = 0;

        // CBC authenticates nothing: what is given to be authenticated does not count there.
        if (cipher.HasTag && arguments.Has(4))
        {
            if (!SecretArgument.TryGet(ref scope, ref arguments.Items[4], out ByteView aad)) return false;
            if (!aad.IsEmpty && LibCrypto.Update(work, null, &written, aad.Start, aad.Length) != 1) return false;
        }
        if (cipher.HasTag && !cipher.Encrypts)
        {
            if (!SecretArgument.TryGet(ref scope, ref arguments.Items[3], out ByteView tag)) return false;
            if (LibCrypto.Control(work, SetTag, tag.Length, tag.Start) != 1) return false;
        }
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < sample.Bytes.Length + (2 * BlockLength)) return false;
        int length = 0;
        fixed (byte* output = free)
        {
            if (LibCrypto.Update(work, output, &written, sample.Bytes.Start, sample.Bytes.Length) != 1) return false;
            length = written;
            if (LibCrypto.End(work, output + length, &written) != 1) return false;
            length += written;
        }
        sample.SetBinary(scope.Scratch.Commit(length));
        return !cipher.HasTag || !cipher.Encrypts || TryKeepTag(ref scope, arguments, work);
    }

    /// <summary>The tag goes, in base64, into the variable that the argument names.</summary>
    private static bool TryKeepTag(ref Evaluation scope, Arguments arguments, void* work)
    {
        Span<byte> tag = stackalloc byte[TagLength];
        fixed (byte* start = tag)
        {
            if (LibCrypto.Control(work, GetTag, TagLength, start) != 1) return false;
        }
        if (Base64.EncodeToUtf8(tag, scope.Scratch.Free, out _, out int length) != OperationStatus.Done) return false;
        Sample kept = default;
        kept.SetString(scope.Scratch.Commit(length));
        AccessVariable.Set(
            ref scope, VariableRef.Unpack(arguments.Items[3].Integer), SetConditions.None, ref kept);
        return true;
    }
}
