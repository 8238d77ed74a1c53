using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>Texts and variables put together and compared (manual section 7.3.1).</summary>
internal static unsafe class JoinConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        const ArgumentKind text = ArgumentKind.String;
        Words.Converters.Add(new(
            "concat", new ArgumentSpec(1, text, text, text), SampleType.String, SampleType.String, &Concat)
        {
            Prepare = &PrepareConcat,
        });
        Words.Converters.Add(new(
            "add_item", new ArgumentSpec(2, text, text, text), SampleType.String, SampleType.String, &AddItem)
        {
            Prepare = &PrepareItem,
        });
        Words.Converters.Add(new("strcmp", ArgumentSpec.OneText, SampleType.String, SampleType.Integer, &Compare)
        {
            Prepare = &PrepareCompare,
        });
    }

    private static string? PrepareConcat(ParsePlace place, Arguments arguments) =>
        arguments.Text(1).IsEmpty ? null : Variable(place, ref arguments.Items[1]);

    private static string? PrepareItem(ParsePlace place, Arguments arguments)
    {
        if (!arguments.Text(1).IsEmpty) return Variable(place, ref arguments.Items[1]);
        return arguments.Has(2) ? null : "one of the optional arguments has to be nonempty";
    }

    private static string? PrepareCompare(ParsePlace place, Arguments arguments) =>
        arguments.Text(0).IsEmpty ? "missing variable name" : Variable(place, ref arguments.Items[0]);

    private static string? Variable(ParsePlace place, ref Argument argument)
    {
        string name = argument.Text.ToString();
        if (ParseVariable.Name(place.Draft, name, out VariableRef variable) is not null)
            return $"failed to register variable name '{name}'";
        argument.Kind = ArgumentKind.Variable;
        argument.Integer = variable.Packed;
        return null;
    }

    /// <summary>A variable's text; empty when none was named or it is not set.</summary>
    private static ByteView TextOf(ref Evaluation scope, ref Argument argument)
    {
        if (argument.Kind != ArgumentKind.Variable) return default;
        Sample sample = default;
        bool found = AccessVariable.TryGet(ref scope, VariableRef.Unpack(argument.Integer), ref sample)
            && (sample.Type is SampleType.String or SampleType.Binary
                || CastSample.Run(ref scope, ref sample, SampleType.String));
        return found ? sample.Bytes : default;
    }

    private static bool Concat(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ByteView variable = TextOf(ref scope, ref arguments.Items[1]);
        return Join(ref scope, ref sample, arguments.Text(0), variable, arguments.Text(2));
    }

    /// <summary>The delimiter stands only between something and something.</summary>
    private static bool AddItem(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ByteView variable = TextOf(ref scope, ref arguments.Items[1]);
        ByteView suffix = arguments.Text(2);
        bool separates = !sample.Bytes.IsEmpty && (!variable.IsEmpty || !suffix.IsEmpty);
        return Join(ref scope, ref sample, separates ? arguments.Text(0) : default, variable, suffix);
    }

    private static bool Join(ref Evaluation scope, ref Sample sample, ByteView first, ByteView second, ByteView third)
    {
        Span<byte> free = scope.Scratch.Free;
        int length = sample.Bytes.Length + first.Length + second.Length + third.Length;
        if (length > free.Length) return false;
        int at = 0;
        Append(free, ref at, sample.Bytes);
        Append(free, ref at, first);
        Append(free, ref at, second);
        Append(free, ref at, third);
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }

    private static void Append(Span<byte> space, ref int at, ByteView text)
    {
        text.Span.CopyTo(space[at..]);
        at += text.Length;
    }

    /// <summary>Less than, equal to, greater than zero: the order of the sample and the variable.</summary>
    private static bool Compare(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Sample other = default;
        if (!AccessVariable.TryGet(ref scope, VariableRef.Unpack(arguments.Items[0].Integer), ref other)) return false;
        if (!CastSample.Run(ref scope, ref other, SampleType.String)) return false;
        int shared = Math.Min(sample.Bytes.Length, other.Bytes.Length);
        ReadOnlySpan<byte> left = sample.Bytes.Span;
        ReadOnlySpan<byte> right = other.Bytes.Span;
        int same = left[..shared].CommonPrefixLength(right[..shared]);
        sample.SetInteger(same < shared ? left[same] - right[same] : left.Length.CompareTo(right.Length));
        return true;
    }
}
