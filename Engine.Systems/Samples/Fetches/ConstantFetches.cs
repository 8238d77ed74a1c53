using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Values that the configuration itself gives (manual section 7.3.2).</summary>
internal static unsafe class ConstantFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("always_true", ArgumentSpec.None, SampleType.Boolean, &True);
        Add("always_false", ArgumentSpec.None, SampleType.Boolean, &False);
        Add("str", ArgumentSpec.OneText, SampleType.String, &Text);
        Add("int", new ArgumentSpec(1, ArgumentKind.Integer), SampleType.Integer, &Number);
        Add("ipv4", new ArgumentSpec(1, ArgumentKind.Ipv4Address), SampleType.Ipv4, &Ipv4);
        Add("ipv6", new ArgumentSpec(1, ArgumentKind.Ipv6Address), SampleType.Ipv6, &Ipv6);
        Add("quic_enabled", ArgumentSpec.None, SampleType.Boolean, &Nothing); // as a reference built without QUIC
        Words.Fetches.Add(new(
            "bool", ArgumentSpec.OneText, SampleType.Boolean, SamplePlaces.Anywhere, &Boolean)
        {
            Prepare = &PrepareBoolean,
        });
        Words.Fetches.Add(new(
            "bin", ArgumentSpec.OneText, SampleType.Binary, SamplePlaces.Anywhere, &Block)
        {
            Prepare = &PrepareBlock,
        });
        Words.Fetches.Add(new(
            "meth", ArgumentSpec.OneText, SampleType.Method, SamplePlaces.Anywhere, &AMethod)
        {
            Prepare = &PrepareMethod,
        });
        Words.Fetches.Add(new(
            "env", ArgumentSpec.OneText, SampleType.String, SamplePlaces.Anywhere, &Variable)
        {
            Prepare = &PrepareVariable,
        });
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, output, SamplePlaces.Anywhere, fetch));

    private static bool True(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(true);
        return true;
    }

    private static bool False(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(false);
        return true;
    }

    private static bool Nothing(ref Evaluation scope, Arguments arguments, ref Sample sample) => false;

    private static bool Text(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Items[0].Text);
        return true;
    }

    private static bool Number(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(arguments.Items[0].Integer);
        return true;
    }

    private static bool Ipv4(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Type = SampleType.Ipv4;
        sample.Address = arguments.Items[0].Address;
        return true;
    }

    private static bool Ipv6(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Type = SampleType.Ipv6;
        sample.Address = arguments.Items[0].Address;
        return true;
    }

    private static string? PrepareBoolean(ParsePlace place, Arguments arguments)
    {
        string word = arguments.Text(0).ToString();
        if (word is not ("true" or "false" or "0" or "1")) return "Expects 'true', 'false', '0' or '1'";
        arguments.Items[0].Integer = word is "true" or "1" ? 1 : 0;
        return null;
    }

    private static bool Boolean(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(arguments.Items[0].Integer != 0);
        return true;
    }

    private static string? PrepareBlock(ParsePlace place, Arguments arguments)
    {
        if (HexText.Parse(arguments.Text(0).ToString(), out string error) is not { } block) return error;
        arguments.Items[0].Text = ByteView.Literal(block);
        return null;
    }

    private static bool Block(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBinary(arguments.Items[0].Text);
        return true;
    }

    private static string? PrepareMethod(ParsePlace place, Arguments arguments)
    {
        arguments.Items[0].Integer = (long)MethodNames.Find(arguments.Text(0).Span);
        return null;
    }

    private static bool AMethod(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Type = SampleType.Method;
        sample.Integer = arguments.Items[0].Integer;
        sample.Bytes = arguments.Items[0].Text;
        return true;
    }

    /// <summary>The environment is read once, while the configuration is: it does not change afterwards.</summary>
    private static string? PrepareVariable(ParsePlace place, Arguments arguments)
    {
        string? value = Environment.GetEnvironmentVariable(arguments.Text(0).ToString());
        arguments.Items[0].Given = value is not null;
        if (value is not null) arguments.Items[0].Text = ByteView.Literal(System.Text.Encoding.UTF8.GetBytes(value));
        return null;
    }

    private static bool Variable(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!arguments.Items[0].Given) return false;
        sample.SetString(arguments.Items[0].Text);
        return true;
    }
}
