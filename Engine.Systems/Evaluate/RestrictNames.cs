using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;

namespace Engine.Systems.Evaluate;

/// <summary>
/// <c>option http-restrict-req-hdr-names</c>: fields whose names hold more than letters, digits and hyphens, which other
/// software may take for others (manual section 4.2).
/// </summary>
public static unsafe class RestrictNames
{
    /// <summary>False when the request is to be refused.</summary>
    public static bool Run(MessageHead* head, ProxyOptions options)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed || !HasOthers(field.NameSpan)) continue;
            if ((options & ProxyOptions.RejectFieldNames) != 0) return false;
            field.Removed = true;
        }
        return true;
    }

    private static bool HasOthers(ReadOnlySpan<byte> name)
    {
        foreach (byte value in name)
        {
            bool plain = (uint)((value | 0x20) - 'a') < 26 || (uint)(value - '0') < 10 || value == (byte)'-';
            if (!plain) return true;
        }
        return false;
    }
}
