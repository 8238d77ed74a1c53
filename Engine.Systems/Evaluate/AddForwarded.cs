using System;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Converters;

namespace Engine.Systems.Evaluate;

/// <summary><c>option forwarded</c>: who the client is and how it came, in the field of RFC 7239 (manual section 4.2).</summary>
public static unsafe class AddForwarded
{
    private static readonly ByteView Name = ByteView.Literal("forwarded");

    /// <summary>False when the head has no room for it.</summary>
    public static bool Run(ref Evaluation scope, ForwardedOption option)
    {
        // Values of expressions go behind the field while it is made.
        Span<byte> free = scope.Scratch.Free;
        Scratch whole = scope.Scratch;
        scope.Scratch = Scratch.Over(free[(free.Length / 2)..]);
        TextBuilder text = new(free[..(free.Length / 2)]);
        bool any = false;
        if (option.Proto)
        {
            text.Add(IsSecure(ref scope, option) ? "proto=https"u8 : "proto=http"u8);
            any = true;
        }
        Host(ref scope, option, ref any, ref text);
        Node(ref scope, option.By, "by="u8, &scope.Client->Destination, ref any, ref text);
        Node(ref scope, option.For, "for="u8, &scope.Client->Source, ref any, ref text);
        scope.Scratch = whole;
        if (!any) return true;
        return text.TryCommit(ref scope.Scratch, out ByteView value) && EditFields.Add(scope.Request, Name, value);
    }

    private static bool IsSecure(ref Evaluation scope, ForwardedOption option)
    {
        if (option.IsSecure is not { } expression) return false;
        Sample sample = default;
        return EvaluateExpression.Run(ref scope, expression, ref sample) && sample.Integer != 0;
    }

    /// <summary>The request's, as it is; of an expression what is no host becomes an empty one.</summary>
    private static void Host(ref Evaluation scope, ForwardedOption option, ref bool any, ref TextBuilder text)
    {
        if (!option.HasHost) return;
        ByteView value = default;
        if (option.Host is { } expression)
        {
            if (!TryText(ref scope, expression, out Sample sample) || !ForwardedText.IsHost(sample.Bytes.Span)) sample = default;
            value = sample.Bytes;
        }
        else
        {
            int host = EditFields.Find(scope.Request, KnownHeader.Host);
            if (host < 0) return;
            HeaderField* field = MessageHead.FieldArray(scope.Request) + host;
            value = new ByteView(field->Value, field->ValueLength);
        }
        Separate(ref any, ref text);
        text.Add("host=\""u8);
        text.Add(value);
        text.Add("\""u8);
    }

    /// <summary>A name, in quotes when a port may follow or it is an address of IPv6.</summary>
    private static void Node(
        ref Evaluation scope, ForwardedEnd end, ReadOnlySpan<byte> name, SocketAddress* address, ref bool any,
        ref TextBuilder text)
    {
        if (!end.HasName) return;
        Separate(ref any, ref text);
        text.Add(name);
        Sample sample = default;
        bool isThere;
        if (end.Name is null) isThere = TryAddress(address, ref sample);
        else isThere = TryName(ref scope, end.Name, ref sample);
        bool isNew = sample.Type == SampleType.Ipv6;
        bool quoted = isNew || (end.HasPort && (isThere || end.Name is not null));
        if (quoted) text.Add("\""u8);
        if (isNew) text.Add("["u8);
        if (!isThere) text.Add("unknown"u8);
        else if (sample.Type == SampleType.String) Hidden(sample.Bytes.Span, ref text);
        else Address(in sample, ref text);
        if (isNew) text.Add("]"u8);
        if (end.HasPort && (isThere || end.Name is not null)) Port(ref scope, end, address, ref text);
        if (quoted) text.Add("\""u8);
    }

    private static bool TryAddress(SocketAddress* address, ref Sample sample)
    {
        if (address->Family is not (AddressFamily.Inet or AddressFamily.Inet6)) return false;
        sample.Type = address->Family == AddressFamily.Inet ? SampleType.Ipv4 : SampleType.Ipv6;
        address->AddressBytes.CopyTo(sample.Address);
        return true;
    }

    /// <summary>An address, or a text that can be a hidden name. False: nobody knows.</summary>
    private static bool TryName(ref Evaluation scope, SampleExpression expression, ref Sample sample)
    {
        if (!EvaluateExpression.Run(ref scope, expression, ref sample)) return false;
        if (sample.Type is SampleType.Ipv4 or SampleType.Ipv6) return true;
        if (!CastSample.Run(ref scope, ref sample, SampleType.String)) return false;
        ReadOnlySpan<byte> name = sample.Bytes.Span;
        if (ForwardedNodeText.TryRead(name, out ForwardedNodeText node) && node.PortFrom == 0
            && node.Family != AddressFamily.Unspecified)
        {
            sample.Type = node.Family == AddressFamily.Inet ? SampleType.Ipv4 : SampleType.Ipv6;
            sample.Address = node.Address;
            return true;
        }
        return ForwardedNodeText.IsHidden(name) && !name.SequenceEqual("unknown"u8);
    }

    private static bool TryText(ref Evaluation scope, SampleExpression expression, out Sample sample)
    {
        sample = default;
        return EvaluateExpression.Run(ref scope, expression, ref sample) && CastSample.Run(ref scope, ref sample, SampleType.String);
    }

    private static void Address(in Sample sample, ref TextBuilder text)
    {
        Span<byte> digits = stackalloc byte[WriteAddress.Ipv6Max];
        int length = sample.Type == SampleType.Ipv4
            ? WriteAddress.Ipv4(digits, sample.Address)
            : WriteAddress.Ipv6(digits, sample.Address);
        text.Add(digits[..length]);
    }

    /// <summary>Hidden names begin with an underscore and go on behind it (RFC 7239 section 6.3).</summary>
    private static void Hidden(ReadOnlySpan<byte> name, ref TextBuilder text)
    {
        if (name[0] != '_' || name.Length == 1) text.Add("_"u8);
        text.Add(name);
    }

    /// <summary>A number that is no port's is a hidden one's name.</summary>
    private static void Port(ref Evaluation scope, ForwardedEnd end, SocketAddress* address, ref TextBuilder text)
    {
        if (end.Port is null)
        {
            text.Add(":"u8);
            text.AddNumber(address->Port);
            return;
        }
        if (!TryText(ref scope, end.Port, out Sample sample) || !ForwardedNodeText.IsHidden(sample.Bytes.Span)) return;
        text.Add(":"u8);
        if (ForwardedText.IsPort(sample.Bytes.Span)) text.Add(sample.Bytes);
        else Hidden(sample.Bytes.Span, ref text);
    }

    private static void Separate(ref bool any, ref TextBuilder text)
    {
        if (any) text.Add(";"u8);
        any = true;
    }
}
