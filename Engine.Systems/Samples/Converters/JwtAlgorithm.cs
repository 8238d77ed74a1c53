using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>An algorithm of signatures of tokens (RFC 7518 section 3.1).</summary>
internal sealed unsafe class JwtAlgorithm
{
    private static readonly JwtAlgorithm[] All =
    [
        new("HS256"), new("HS384"), new("HS512"), new("RS256"), new("RS384"), new("RS512"), new("PS256"), new("PS384"),
        new("PS512"), new("ES256"), new("ES384"), new("ES512"),
    ];

    private readonly Lazy<nint> digest;

    private JwtAlgorithm(string name)
    {
        Name = ByteView.Literal(name);
        IsHmac = name[0] == 'H';
        IsCurve = name[0] == 'E';
        Padding = name[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        Hash = new HashAlgorithmName("SHA" + name[2..]);
        digest = new Lazy<nint>(() => (nint)LibCrypto.Digest(Hash.Name!));
    }

    /// <summary>Where a token's header names it.</summary>
    public static JsonPath PathOfName { get; } = JsonPath.Parse("$.alg")!;

    public ByteView Name { get; }

    public bool IsHmac { get; }

    public bool IsCurve { get; }

    public HashAlgorithmName Hash { get; }

    public RSASignaturePadding Padding { get; }

    /// <summary>OpenSSL's digest.</summary>
    public void* Digest => (void*)digest.Value;

    public static JwtAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        foreach (JwtAlgorithm algorithm in All)
        {
            if (algorithm.Name.Span.SequenceEqual(name)) return algorithm;
        }
        return null;
    }
}
