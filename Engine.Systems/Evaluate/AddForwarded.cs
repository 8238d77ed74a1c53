using System;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Samples;

namespace Engine.Systems.Evaluate;

/// <summary><c>option forwarded</c>: who the client is and how it came, in the field of RFC 7239 (manual section 4.2).</summary>
public static unsafe class AddForwarded
{
    private static readonly ByteView Name = ByteView.Literal("forwarded");

    /// <summary>False when the head has no room for it.</summary>
    public static bool Run(ref Evaluation scope, ForwardedOption option)
    {
        TextBuilder text = new(scope.Scratch.Free);
        bool any = false;
        if (option.Proto)
        {
            text.Add(IsSecure(ref scope, option) ? "proto=https"u8 : "proto=http"u8);
            any = true;
        }
        Host(ref scope, option, ref any, ref text);
        Node(ref scope, option.By, "by="u8, &scope.Client->Destination, ref any, ref text);
        Node(ref scope, option.For, "for="u8, &scope.Client->Source, ref any, ref text);
        if (!any) return true;
        return text.TryCommit(ref scope.Scratch, out ByteView value) && EditFields.Add(scope.Request, Name, value);
    }

    private static bool IsSecure(ref Evaluation scope, ForwardedOption option)
    {
        if (option.IsSecure is not { } expression) return false;
        Sample sample = default;
        return EvaluateExpression.Run(ref scope, expression, ref sample) && sample.Integer != 0;
    }

    private static void Host(ref Evaluation scope, ForwardedOption option, ref bool any, ref TextBuilder text)
    {
        if (!option.Host) return;
        int host = EditFields.Find(scope.Request, KnownHeader.Host);
        if (host < 0) return;
        Separate(ref any, ref text);
        text.Add("host=\""u8);
        text.Add(MessageHead.FieldArray(scope.Request)[host].ValueSpan);
        text.Add("\""u8);
    }

    /// <summary>An address, in quotes when it has a port or is one of IPv6; "unknown" for a unix socket.</summary>
    private static void Node(
        ref Evaluation scope, ForwardedNode node, ReadOnlySpan<byte> name, SocketAddress* address, ref bool any,
        ref TextBuilder text)
    {
        if (node == ForwardedNode.None) return;
        Separate(ref any, ref text);
        text.Add(name);
        if (address->Family is not (AddressFamily.Inet or AddressFamily.Inet6))
        {
            text.Add("unknown"u8);
            return;
        }
        Span<byte> digits = stackalloc byte[WriteAddress.Ipv6Max];
        bool isOld = address->Family == AddressFamily.Inet;
        int length = isOld
            ? WriteAddress.Ipv4(digits, address->AddressBytes)
            : WriteAddress.Ipv6(digits, address->AddressBytes);
        bool quoted = !isOld || node == ForwardedNode.AddressAndPort;
        if (quoted) text.Add("\""u8);
        if (!isOld) text.Add("["u8);
        text.Add(digits[..length]);
        if (!isOld) text.Add("]"u8);
        if (node == ForwardedNode.AddressAndPort)
        {
            text.Add(":"u8);
            text.AddNumber(address->Port);
        }
        if (quoted) text.Add("\""u8);
    }

    private static void Separate(ref bool any, ref TextBuilder text)
    {
        if (any) text.Add(";"u8);
        any = true;
    }
}
