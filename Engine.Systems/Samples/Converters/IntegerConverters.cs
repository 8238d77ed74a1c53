using System;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>Arithmetic, bits and truth of integers (manual section 7.3.1). Results stay within 64 bits.</summary>
internal static unsafe class IntegerConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        AddBinary("add", &Add);
        AddBinary("sub", &Subtract);
        AddBinary("mul", &Multiply);
        AddBinary("div", &Divide);
        AddBinary("mod", &Modulo);
        AddBinary("and", &And);
        AddBinary("or", &Or);
        AddBinary("xor", &ExclusiveOr);
        AddUnary("cpl", SampleType.Integer, &Complement);
        AddUnary("neg", SampleType.Integer, &Negate);
        AddUnary("bool", SampleType.Boolean, &IsNotZero);
        AddUnary("not", SampleType.Boolean, &IsZero);
        AddUnary("odd", SampleType.Boolean, &IsOdd);
        AddUnary("even", SampleType.Boolean, &IsEven);
    }

    private static void AddBinary(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(
            new(word, ArgumentSpec.OneText, SampleType.Integer, SampleType.Integer, convert)
            {
                Prepare = &PrepareOperand,
            });

    private static void AddUnary(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, ArgumentSpec.None, SampleType.Integer, output, convert));

    private static string? PrepareOperand(ParsePlace place, Arguments arguments) =>
        IntegerOperand.Prepare(place, arguments, 0);

    private static bool Add(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer = Saturate((Int128)sample.Integer + operand);
        return true;
    }

    private static bool Subtract(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer = Saturate((Int128)sample.Integer - operand);
        return true;
    }

    private static bool Multiply(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer = Saturate((Int128)sample.Integer * operand);
        return true;
    }

    /// <summary>Division by zero answers the largest number.</summary>
    private static bool Divide(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long divisor)) return false;
        sample.Integer = divisor == 0 ? long.MaxValue : Saturate((Int128)sample.Integer / divisor);
        return true;
    }

    /// <summary>The remainder of a division by zero is zero.</summary>
    private static bool Modulo(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long divisor)) return false;
        sample.Integer = divisor == 0 ? 0 : Saturate((Int128)sample.Integer % divisor);
        return true;
    }

    private static bool And(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer &= operand;
        return true;
    }

    private static bool Or(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer |= operand;
        return true;
    }

    private static bool ExclusiveOr(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!IntegerOperand.TryGet(ref scope, ref arguments.Items[0], out long operand)) return false;
        sample.Integer ^= operand;
        return true;
    }

    private static bool Complement(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Integer = ~sample.Integer;
        return true;
    }

    private static bool Negate(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Integer = Saturate(-(Int128)sample.Integer);
        return true;
    }

    private static bool IsNotZero(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(sample.Integer != 0);
        return true;
    }

    private static bool IsZero(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(sample.Integer == 0);
        return true;
    }

    private static bool IsOdd(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean((sample.Integer & 1) != 0);
        return true;
    }

    private static bool IsEven(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean((sample.Integer & 1) == 0);
        return true;
    }

    private static long Saturate(Int128 value) =>
        value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
}
