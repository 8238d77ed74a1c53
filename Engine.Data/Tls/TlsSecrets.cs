using System;
using Engine.Data.Messages;

namespace Engine.Data.Tls;

/// <summary>
/// What a connection has told of its keys (<c>tune.ssl.keylog</c>): hexadecimal texts by <see cref="TlsSecret"/>. A column
/// of its own, there only when keys are logged.
/// </summary>
public unsafe struct TlsSecrets
{
    /// <summary>A hash of SHA-384, the longest of TLS 1.3, as text.</summary>
    public const int TextMax = 96;

    private const int Count = 7;

    private fixed byte lengths[Count + 1];
    private fixed byte texts[Count * TextMax];

    /// <summary>The row has another connection.</summary>
    public static void Clear(TlsSecrets* secrets) => new Span<byte>(secrets->lengths, Count).Clear();

    /// <summary>Keeps a text; one that is too long is none of TLS 1.3.</summary>
    public static void Keep(TlsSecrets* secrets, TlsSecret kind, ReadOnlySpan<byte> text)
    {
        if (text.Length > TextMax) return;
        text.CopyTo(new Span<byte>(secrets->texts + ((int)kind * TextMax), TextMax));
        secrets->lengths[(int)kind] = (byte)text.Length;
    }

    /// <summary>Empty when the connection has told no such secret.</summary>
    public static ByteView View(TlsSecrets* secrets, TlsSecret kind) =>
        new(secrets->texts + ((int)kind * TextMax), secrets->lengths[(int)kind]);
}
