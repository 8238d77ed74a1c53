using System;
using System.Text;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>How the content of an encrypted token is encrypted (RFC 7518 section 5.1).</summary>
internal sealed unsafe class JweContent
{
    private static readonly JweContent[] All =
    [
        new("A128GCM", 16, ""), new("A192GCM", 24, ""), new("A256GCM", 32, ""),
        new("A128CBC-HS256", 16, "SHA256"), new("A192CBC-HS384", 24, "SHA384"), new("A256CBC-HS512", 32, "SHA512"),
    ];

    private readonly ByteView name;
    private readonly Lazy<nint> cipher;
    private readonly Lazy<nint> digest;

    private JweContent(string name, int keyBytes, string digest)
    {
        this.name = ByteView.Literal(name);
        CipherBytes = keyBytes;
        IsAuthenticated = digest.Length == 0;
        cipher = new Lazy<nint>(() => (nint)LibCrypto.Cipher($"aes-{keyBytes * 8}-{(IsAuthenticated ? "gcm" : "cbc")}"));
        this.digest = new Lazy<nint>(() => (nint)LibCrypto.Digest(digest));
    }

    /// <summary>The cipher itself proves what it decrypts (GCM); otherwise an HMAC does, under a key of its own.</summary>
    public bool IsAuthenticated { get; }

    /// <summary>Bytes of the cipher's key, and of the HMAC's.</summary>
    public int CipherBytes { get; }

    public int KeyBytes => IsAuthenticated ? CipherBytes : CipherBytes * 2;

    public int NonceBytes => IsAuthenticated ? 12 : 16;

    /// <summary>Of an HMAC the first half is sent.</summary>
    public int TagBytes => IsAuthenticated ? 16 : CipherBytes;

    public void* Cipher => (void*)cipher.Value;

    /// <summary>The HMAC's digest.</summary>
    public void* Digest => (void*)digest.Value;

    public static JweContent? Find(ReadOnlySpan<byte> name)
    {
        foreach (JweContent content in All)
            if (content.name.Span.SequenceEqual(name)) return content;
        return null;
    }
}
