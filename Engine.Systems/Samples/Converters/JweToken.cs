using System;
using System.Buffers;
using System.Buffers.Text;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>The five parts of an encrypted token in its compact form (RFC 7516 section 7.1), decoded.</summary>
internal unsafe struct JweToken
{
    private const int Parts = 5;

    private static readonly JsonPath EncPath = JsonPath.Parse("$.enc")!;

    /// <summary>The header as it was sent: it is what the content is authenticated with.</summary>
    public ByteView Header;

    public ByteView HeaderText;
    public ByteView WrappedKey;
    public ByteView Nonce;
    public ByteView Content;
    public ByteView Tag;

    /// <summary>False: it is no such token.</summary>
    public static bool TryRead(ref Evaluation scope, ByteView text, out JweToken token)
    {
        token = default;
        ByteView* parts = stackalloc ByteView[Parts];
        int start = 0;
        for (int i = 0; i < Parts; i++)
        {
            int length = text.Span[start..].IndexOf((byte)'.');
            if ((length < 0) != (i == Parts - 1)) return false;
            parts[i] = text.Slice(start, length < 0 ? text.Length - start : length);
            start += length + 1;
        }
        token.Header = parts[0];
        return TryDecode(ref scope, parts[0], out token.HeaderText)
            && TryDecode(ref scope, parts[1], out token.WrappedKey)
            && TryDecode(ref scope, parts[2], out token.Nonce)
            && TryDecode(ref scope, parts[3], out token.Content)
            && TryDecode(ref scope, parts[4], out token.Tag);
    }

    /// <summary>What the header says of how the key is wrapped, without quotes; empty when it does not.</summary>
    public readonly ByteView Algorithm => Text(JwtAlgorithm.PathOfName);

    /// <summary>How the content is encrypted; null: the header does not say, or a way that is not known.</summary>
    public readonly JweContent? Encryption => JweContent.Find(Text(EncPath).Span);

    /// <summary>A text of the header, without quotes; empty when there is none.</summary>
    public readonly ByteView Text(JsonPath path)
    {
        bool isText = ScanJson.TryFind(HeaderText, path, out ByteView value) && value.Length >= 2 && value.Span[0] == '"';
        return isText ? value.Slice(1, value.Length - 2) : default;
    }

    /// <summary>Base64 of section 2, in the scratch area.</summary>
    public static bool TryDecode(ref Evaluation scope, ByteView text, out ByteView bytes)
    {
        bytes = default;
        OperationStatus status = Base64Url.DecodeFromUtf8(text.Span, scope.Scratch.Free, out _, out int written);
        if (status != OperationStatus.Done) return false;
        bytes = scope.Scratch.Commit(written);
        return true;
    }
}
