using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// The certificates that tokens may be verified with, by name. Looked into by all threads; replaced as a whole when a
/// certificate comes, goes or is exchanged.
/// </summary>
public sealed class JwtCertificates
{
    private const int NameMax = 1024;

    private Dictionary<string, Key?> keys = new(StringComparer.Ordinal);

    /// <summary>Names that expressions give as they are: these certificates are loaded, and may be used.</summary>
    public HashSet<string> Wanted { get; } = new(StringComparer.Ordinal);

    /// <summary>Every certificate that is loaded; null: it must not be used for tokens.</summary>
    public void Replace(Dictionary<string, Key?> fresh) => Volatile.Write(ref keys, fresh);

    /// <summary>False: there is no such certificate.</summary>
    public bool TryFind(ByteView name, out Key? key)
    {
        key = null;
        if (name.Length > NameMax) return false;
        Span<char> text = stackalloc char[NameMax];
        int length = Encoding.UTF8.GetChars(name.Span, text);
        return Volatile.Read(ref keys).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out key);
    }

    /// <summary>The public key of a certificate; both null: of a kind that signs no tokens.</summary>
    public sealed record Key(RSA? Rsa, ECDsa? Curve);
}
