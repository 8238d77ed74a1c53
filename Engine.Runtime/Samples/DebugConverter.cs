using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Runtime.Kernel.Native;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Samples;

namespace Engine.Runtime.Samples;

/// <summary>
/// <c>debug</c>: tells a value to standard output or error, and passes it on (manual section 7.3.1). What would go to a
/// ring is not kept.
/// </summary>
internal static unsafe class DebugConverter
{
    private const int LineMax = 1024;

    [ModuleInitializer]
    internal static void Register() =>
        Words.Converters.Add(new(
            "debug", new ArgumentSpec(0, ArgumentKind.String, ArgumentKind.String), SampleType.None, SampleType.None, &Tell)
        {
            KeepsType = true,
            Prepare = &Prepare,
        });

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        string sink = arguments.Text(1).ToString();
        if (sink is not ("" or "buf0" or "stdout" or "stderr")) return $"No such sink '{sink}'";
        arguments.Items[1].Integer = sink switch { "stdout" => 1, "stderr" => 2, _ => 0 };
        return null;
    }

    private static bool Tell(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int descriptor = (int)arguments.Items[1].Integer;
        if (descriptor == 0) return true;
        Span<byte> line = stackalloc byte[LineMax];
        TextBuilder text = new(line[..(LineMax - 1)]);
        text.Add("[debug] "u8);
        text.Add(arguments.Text(0).Span);
        text.Add(arguments.Has(0) ? ": type="u8 : "type="u8);
        text.Add(NameOf(sample.Type));
        text.Add(" <"u8);
        int mark = scope.Scratch.Used;
        Sample copy = sample;
        if (CastSample.Run(ref scope, ref copy, SampleType.String))
        {
            ReadOnlySpan<byte> value = copy.Bytes.Span;
            text.Add(value[..Math.Min(value.Length, LineMax - 128 - arguments.Text(0).Length % (LineMax / 2))]);
        }
        text.Add(">"u8);
        scope.Scratch.Rewind(mark);
        int length = text.Length;
        line[length++] = (byte)'\n';
        fixed (byte* start = line) _ = DescriptorWriter.Run(descriptor, start, (uint)length);
        return true;
    }

    private static ReadOnlySpan<byte> NameOf(SampleType type) =>
        type switch
        {
            SampleType.Boolean => "bool"u8,
            SampleType.Integer => "sint"u8,
            SampleType.Ipv4 => "ipv4"u8,
            SampleType.Ipv6 => "ipv6"u8,
            SampleType.Binary => "bin"u8,
            SampleType.Method => "meth"u8,
            _ => "str"u8,
        };
}
