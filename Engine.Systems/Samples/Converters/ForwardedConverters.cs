using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>The value of a <c>Forwarded</c> field and its nodes (RFC 7239; manual section 7.3.1).</summary>
internal static unsafe class ForwardedConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("rfc7239_is_valid", ArgumentSpec.None, SampleType.String, SampleType.Boolean, &IsValid);
        Words.Converters.Add(new("rfc7239_field", ArgumentSpec.OneText, SampleType.String, SampleType.String, &Field)
        {
            Prepare = &PrepareField,
        });
        Add("rfc7239_n2nn", ArgumentSpec.None, SampleType.String, SampleType.None, &NameOfNode);
        Add("rfc7239_n2np", ArgumentSpec.None, SampleType.String, SampleType.None, &PortOfNode);
        Add("rfc7239_nn", ArgumentSpec.None, SampleType.None, SampleType.String, &MakeName);
        Add("rfc7239_np", ArgumentSpec.None, SampleType.None, SampleType.String, &MakePort);
    }

    private static void Add(
        string word, ArgumentSpec spec, SampleType input, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, spec, input, output, convert));

    private static string? PrepareField(ParsePlace place, Arguments arguments)
    {
        arguments.Items[0].Integer = (long)ForwardedText.ParameterOf(arguments.Text(0).Span);
        return null;
    }

    private static bool IsValid(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ForwardedText text = new(sample.Bytes.Span);
        while (text.TryNext(out _, out _, out _))
        {
        }
        sample.SetBoolean(text.IsComplete);
        return true;
    }

    private static bool Field(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ForwardedText text = new(sample.Bytes.Span);
        ByteView value = default;
        bool isThere = false;
        while (text.TryNext(out ForwardedParameter parameter, out int from, out int count))
        {
            if ((long)parameter != arguments.Items[0].Integer) continue;
            value = sample.Bytes.Slice(from, count);
            isThere = true;
        }
        if (!isThere || !text.IsComplete) return false;
        sample.SetString(value);
        return true;
    }

    private static bool NameOfNode(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ForwardedNodeText.TryRead(sample.Bytes.Span, out ForwardedNodeText node)) return false;
        if (node.Family == AddressFamily.Unspecified)
        {
            sample.SetString(sample.Bytes.Slice(0, node.NameLength));
            return true;
        }
        sample.Address = node.Address;
        sample.Type = node.Family == AddressFamily.Inet ? SampleType.Ipv4 : SampleType.Ipv6;
        return true;
    }

    private static bool PortOfNode(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ForwardedNodeText.TryRead(sample.Bytes.Span, out ForwardedNodeText node) || node.PortFrom == 0) return false;
        if (node.Port >= 0) sample.SetInteger(node.Port);
        else sample.SetString(sample.Bytes.Slice(node.PortFrom, sample.Bytes.Length - node.PortFrom));
        return true;
    }

    /// <summary>An address as a node has it; a text hides behind an underscore, an empty one is "unknown".</summary>
    private static bool MakeName(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < WriteAddress.Ipv6Max + 2) return false;
        int length;
        switch (sample.Type)
        {
            case SampleType.Ipv4:
                length = WriteAddress.Ipv4(free, sample.Address);
                break;
            case SampleType.Ipv6:
                free[0] = (byte)'[';
                length = 1 + WriteAddress.Ipv6(free[1..], sample.Address);
                free[length++] = (byte)']';
                break;
            default:
                if (!CastSample.Run(ref scope, ref sample, SampleType.String)) return false;
                if (!sample.Bytes.IsEmpty) return Hide(ref scope, ref sample);
                sample.SetString(Unknown);
                return true;
        }
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }

    private static readonly ByteView Unknown = ByteView.Literal("unknown"u8);

    private static bool MakePort(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (sample.Type is SampleType.Integer or SampleType.Boolean)
        {
            sample.SetInteger((uint)sample.Integer);
            return CastSample.Run(ref scope, ref sample, SampleType.String);
        }
        return CastSample.Run(ref scope, ref sample, SampleType.String) && !sample.Bytes.IsEmpty
            && Hide(ref scope, ref sample);
    }

    private static bool Hide(ref Evaluation scope, ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes.Span;
        Span<byte> free = scope.Scratch.Free;
        if (!ForwardedNodeText.IsHidden(text) || free.Length <= text.Length) return false;
        free[0] = (byte)'_';
        text.CopyTo(free[1..]);
        sample.SetString(scope.Scratch.Commit(text.Length + 1));
        return true;
    }
}
