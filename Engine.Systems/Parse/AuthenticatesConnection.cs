using System;
using Engine.Data.Messages;

namespace Engine.Systems.Parse;

/// <summary>
/// Whether a response asks for credentials that will belong to the connection rather than to a request: NTLM and
/// Negotiate. Such a connection is nobody else's from then on (THREATS.md A32).
/// </summary>
public static unsafe class AuthenticatesConnection
{
    public static bool Run(MessageHead* head)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Known is not (KnownHeader.WwwAuthenticate or KnownHeader.ProxyAuthenticate)) continue;
            if (Begins(field.ValueSpan, "ntlm"u8) || Begins(field.ValueSpan, "negotiate"u8)) return true;
        }
        return false;
    }

    private static bool Begins(ReadOnlySpan<byte> value, ReadOnlySpan<byte> scheme) =>
        value.Length >= scheme.Length && System.Text.Ascii.EqualsIgnoreCase(value[..scheme.Length], scheme);
}
