using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>Encrypted JSON web tokens (RFC 7516) under a secret that both sides have (manual section 7.3.1).</summary>
internal static unsafe class JweConverters
{
    private static readonly JsonPath NoncePath = JsonPath.Parse("$.iv")!;
    private static readonly JsonPath TagPath = JsonPath.Parse("$.tag")!;

    private static readonly Lazy<nint>[] Wraps = [Named("id-aes128-wrap"), Named("id-aes192-wrap"), Named("id-aes256-wrap")];
    private static readonly Lazy<nint>[] Gcms = [Named("aes-128-gcm"), Named("aes-192-gcm"), Named("aes-256-gcm")];

    [ModuleInitializer]
    internal static void Register() =>
        Words.Converters.Add(new(
            "jwt_decrypt_secret", new ArgumentSpec(1, ArgumentKind.String), SampleType.Binary, SampleType.Binary, &Decrypt)
        {
            Prepare = &Prepare,
        });

    private static Lazy<nint> Named(string name) => new(() => (nint)LibCrypto.Cipher(name));

    private static string? Prepare(ParsePlace place, Arguments arguments) =>
        SecretArgument.Prepare(place, arguments, 0, "secret");

    private static bool Decrypt(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!SecretArgument.TryGet(ref scope, ref arguments.Items[0], out ByteView secret)) return false;
        if (!JweToken.TryRead(ref scope, sample.Bytes, out JweToken token) || token.Encryption is not { } content) return false;
        if (!TryKey(ref scope, in token, secret, content, out ByteView key) || key.Length < content.KeyBytes) return false;
        if (token.Nonce.Length != content.NonceBytes || token.Tag.Length != content.TagBytes) return false;
        ByteView plain;
        if (content.IsAuthenticated)
        {
            if (!JweCipher.TryGcm(
                ref scope, content.Cipher, key, token.Nonce, token.Header, token.Content, token.Tag, out plain)) return false;
        }
        else
        {
            // The first half of the key is the HMAC's (RFC 7518 section 5.2.2.1).
            if (!IsAuthentic(ref scope, in token, key.Slice(0, content.CipherBytes), content)) return false;
            ByteView own = key.Slice(content.CipherBytes, content.CipherBytes);
            if (!JweCipher.TryCbc(ref scope, content.Cipher, own, token.Nonce, token.Content, out plain)) return false;
        }
        sample.SetBinary(plain);
        return true;
    }

    /// <summary>The key of the content: the secret itself, or what it unwraps (RFC 7518 sections 4.4, 4.5 and 4.7).</summary>
    private static bool TryKey(
        ref Evaluation scope, in JweToken token, ByteView secret, JweContent content, out ByteView key)
    {
        key = default;
        ReadOnlySpan<byte> name = token.Algorithm.Span;
        if (name.SequenceEqual("dir"u8))
        {
            key = secret;
            return token.WrappedKey.IsEmpty;
        }
        int size = name.Length < 6 || name[0] != 'A' ? -1
            : name[1..4].SequenceEqual("128"u8) ? 0
            : name[1..4].SequenceEqual("192"u8) ? 1
            : name[1..4].SequenceEqual("256"u8) ? 2 : -1;
        if (size < 0 || secret.Length < 16 + (size * 8)) return false;
        if (name[4..].SequenceEqual("KW"u8))
            return JweCipher.TryUnwrap(ref scope, (void*)Wraps[size].Value, secret, token.WrappedKey, out key);
        return name[4..].SequenceEqual("GCMKW"u8)
            && JweToken.TryDecode(ref scope, token.Text(NoncePath), out ByteView nonce)
            && JweToken.TryDecode(ref scope, token.Text(TagPath), out ByteView tag)
            && JweCipher.TryGcm(ref scope, (void*)Gcms[size].Value, secret, nonce, default, token.WrappedKey, tag, out key);
    }

    /// <summary>Header, nonce and content are what the tag was made of, with the header's bits behind them.</summary>
    private static bool IsAuthentic(ref Evaluation scope, in JweToken token, ByteView key, JweContent content)
    {
        int length = token.Header.Length + token.Nonce.Length + token.Content.Length + sizeof(long);
        Span<byte> room = scope.Scratch.Free;
        if (room.Length < length) return false;
        token.Header.Span.CopyTo(room);
        token.Nonce.Span.CopyTo(room[token.Header.Length..]);
        token.Content.Span.CopyTo(room[(token.Header.Length + token.Nonce.Length)..]);
        BinaryPrimitives.WriteInt64BigEndian(room[(length - sizeof(long))..], token.Header.Length * 8L);
        byte* digest = stackalloc byte[LibCrypto.DigestMax];
        uint count = 0;
        fixed (byte* data = room)
        {
            return LibCrypto.Authenticate(content.Digest, key.Start, key.Length, data, (nuint)length, digest, &count) != null
                && count >= token.Tag.Length
                && LibCrypto.Compare(digest, token.Tag.Start, (nuint)token.Tag.Length) == 0;
        }
    }
}
