using System;
using Engine.Data.Messages;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// Walks over a binary list of texts, each behind its length, as <c>req.hdrs_bin</c> makes them (manual section 7.3.6).
/// </summary>
internal struct HeaderListReader(ByteView list)
{
    private const int MoreFrom = 240;

    private readonly ByteView list = list;
    private int at;

    /// <summary>False: the list ends here, or a length says more than there is.</summary>
    public bool TryNext(out ByteView text)
    {
        text = default;
        if (!TryLength(out long length) || length > list.Length - at) return false;
        text = list.Slice(at, (int)length);
        at += (int)length;
        return true;
    }

    /// <summary>The variable integers of SPOE: see <c>HeaderListFetches.WriteLength</c>. Lengths over 2^31 are none.</summary>
    private bool TryLength(out long length)
    {
        ReadOnlySpan<byte> bytes = list.Span;
        length = 0;
        if (at >= bytes.Length) return false;
        length = bytes[at++];
        if (length < MoreFrom) return true;
        for (int shift = 4; shift < 32; shift += 7)
        {
            if (at >= bytes.Length) return false;
            byte next = bytes[at++];
            length += (long)next << shift;
            if (next < 128) return length <= int.MaxValue;
        }
        return false;
    }
}
