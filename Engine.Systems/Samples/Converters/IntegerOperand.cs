using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>An argument that is an integer or the name of a variable that holds one.</summary>
internal static class IntegerOperand
{
    /// <summary>Leaves the number, or the variable's place, in the argument. Answers what is wrong, or null.</summary>
    public static string? Prepare(ParsePlace place, Arguments arguments, int index)
    {
        ref Argument argument = ref arguments.Items[index];
        string word = argument.Text.ToString();
        if (word.Length == 0 || ReadNumber.TryWhole(word, out argument.Integer)) return null;
        if (ParseVariable.Name(place.Draft, word, out VariableRef variable) is not null)
            return "expects an integer or a variable name";
        argument.Kind = ArgumentKind.Variable;
        argument.Integer = variable.Packed;
        return null;
    }

    /// <summary>False: the variable is not set or holds no number.</summary>
    public static bool TryGet(ref Evaluation scope, ref Argument argument, out long value)
    {
        value = argument.Integer;
        if (argument.Kind != ArgumentKind.Variable) return true;
        Sample sample = default;
        if (!AccessVariable.TryGet(ref scope, VariableRef.Unpack(value), ref sample)) return false;
        if (!CastSample.Run(ref scope, ref sample, SampleType.Integer)) return false;
        value = sample.Integer;
        return true;
    }
}
