using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Encrypted JSON web tokens (<c>jwt_decrypt_secret</c>), made here by .NET's own cryptography.</summary>
public sealed class EncryptedTokenTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Said = "what was said, in some more than two blocks";

    [Theory]
    [InlineData("dir", "A128GCM", 16)]
    [InlineData("dir", "A192GCM", 24)]
    [InlineData("dir", "A256GCM", 32)]
    [InlineData("dir", "A128CBC-HS256", 32)]
    [InlineData("dir", "A192CBC-HS384", 48)]
    [InlineData("dir", "A256CBC-HS512", 64)]
    [InlineData("A128GCMKW", "A128GCM", 16)]
    [InlineData("A192GCMKW", "A256CBC-HS512", 24)]
    [InlineData("A256GCMKW", "A256GCM", 32)]
    [InlineData("A128KW", "A128CBC-HS256", 16)]
    [InlineData("A192KW", "A192GCM", 24)]
    [InlineData("A256KW", "A256CBC-HS512", 32)]
    public void A_token_is_opened_by_its_secret_alone(string algorithm, string encryption, int keyBytes)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(keyBytes);
        string token = Make(algorithm, encryption, secret);
        Wire client = Start().Connect("fe");
        Assert.Equal($"[{Said}]", Ask(client, token, secret));
        secret[3] ^= 1;
        Assert.Equal("[]", Ask(client, token, secret));
        secret[3] ^= 1;
        Assert.Equal("[]", Ask(client, token, secret[1..]));
        string[] parts = token.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            string[] other = [.. parts];
            other[i] = parts[i].Length == 0 ? "AAAA" : (parts[i][0] == 'A' ? 'B' : 'A') + parts[i][1..];
            Assert.Equal("[]", Ask(client, string.Join('.', other), secret));
        }
        Assert.Equal("[]", Ask(client, string.Join('.', parts[..4]), secret));
        Assert.Equal("[]", Ask(client, token + ".x", secret));
        Assert.Equal("[]", Ask(client, string.Join('.', parts[..4].Append(parts[4][..8])), secret));
    }

    [Theory]
    [InlineData("none", "A128GCM")]
    [InlineData("RSA-OAEP", "A128GCM")]
    [InlineData("A512KW", "A128GCM")]
    [InlineData("dir", "A128CTR")]
    public void What_is_not_known_opens_nothing(string algorithm, string encryption)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(16);
        string[] parts = Make("dir", "A128GCM", secret).Split('.');
        parts[0] = Encode(Encoding.ASCII.GetBytes($$"""{"alg":"{{algorithm}}","enc":"{{encryption}}"}"""));
        Assert.Equal("[]", Ask(Start().Connect("fe"), string.Join('.', parts), secret));
    }

    private static string Ask(Wire client, string token, byte[] secret)
    {
        client.Send(Get("/", $"X-Token: {token}", $"X-Secret: {Convert.ToBase64String(secret)}"));
        return client.ReadResponse().Text;
    }

    private Proxy Start() => base.Start($"""
        {HttpDefaults}
        frontend fe
            bind <fe>
            http-request set-var(txn.token) req.hdr(x-token)
            http-request set-var(txn.secret) req.hdr(x-secret)
            http-request return status 200 content-type text/plain lf-string "[%[var(txn.token),jwt_decrypt_secret(txn.secret)]]"

        """);

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static string Make(string algorithm, string encryption, byte[] secret)
    {
        bool isGcm = encryption.EndsWith("GCM", StringComparison.Ordinal);
        int cipherBytes = int.Parse(encryption[1..4]) / 8;
        byte[] key = algorithm == "dir" ? secret : RandomNumberGenerator.GetBytes(isGcm ? cipherBytes : cipherBytes * 2);
        string header = $$"""{"alg":"{{algorithm}}","enc":"{{encryption}}"}""";
        byte[] wrapped = [];
        if (algorithm.EndsWith("GCMKW", StringComparison.Ordinal))
        {
            byte[] iv = RandomNumberGenerator.GetBytes(12);
            byte[] mark = new byte[16];
            wrapped = new byte[key.Length];
            using AesGcm wrap = new(secret, mark.Length);
            wrap.Encrypt(iv, key, wrapped, mark);
            header = $$"""{"alg":"{{algorithm}}","enc":"{{encryption}}","iv":"{{Encode(iv)}}","tag":"{{Encode(mark)}}"}""";
        }
        else if (algorithm != "dir")
        {
            wrapped = Wrap(secret, key);
        }
        string first = Encode(Encoding.ASCII.GetBytes(header));
        byte[] additional = Encoding.ASCII.GetBytes(first);
        byte[] plain = Encoding.ASCII.GetBytes(Said);
        byte[] nonce = RandomNumberGenerator.GetBytes(isGcm ? 12 : 16);
        byte[] content = new byte[plain.Length];
        byte[] tag = new byte[16];
        if (isGcm)
        {
            using AesGcm cipher = new(key, tag.Length);
            cipher.Encrypt(nonce, plain, content, tag, additional);
        }
        else
        {
            using Aes cipher = Aes.Create();
            cipher.Key = key[cipherBytes..];
            content = cipher.EncryptCbc(plain, nonce);
            byte[] bits = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bits, additional.Length * 8L);
            byte[] all = [.. additional, .. nonce, .. content, .. bits];
            byte[] own = key[..cipherBytes];
            byte[] digest = cipherBytes switch
            {
                16 => HMACSHA256.HashData(own, all),
                24 => HMACSHA384.HashData(own, all),
                _ => HMACSHA512.HashData(own, all),
            };
            tag = digest[..cipherBytes];
        }
        return $"{first}.{Encode(wrapped)}.{Encode(nonce)}.{Encode(content)}.{Encode(tag)}";
    }

    /// <summary>RFC 3394 section 2.2.1.</summary>
    private static byte[] Wrap(byte[] secret, byte[] key)
    {
        using Aes cipher = Aes.Create();
        cipher.Key = secret;
        byte[] wrapped = [0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, .. key];
        int units = key.Length / 8;
        for (int turn = 0; turn < 6; turn++)
        {
            for (int i = 1; i <= units; i++)
            {
                byte[] block = cipher.EncryptEcb([.. wrapped[..8], .. wrapped[(i * 8)..((i * 8) + 8)]], PaddingMode.None);
                long mixed = BinaryPrimitives.ReadInt64BigEndian(block) ^ ((units * turn) + i);
                BinaryPrimitives.WriteInt64BigEndian(wrapped, mixed);
                block.AsSpan(8, 8).CopyTo(wrapped.AsSpan(i * 8));
            }
        }
        return wrapped;
    }
}
