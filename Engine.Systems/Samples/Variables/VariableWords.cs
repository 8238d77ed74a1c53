using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;

namespace Engine.Systems.Samples.Variables;

/// <summary>Variables in expressions: <c>var</c>, <c>set-var</c>, <c>unset-var</c> (manual sections 7.3.1, 7.3.2).</summary>
internal static unsafe class VariableWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Fetches.Add(new(
            "var", new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.String), SampleType.None, SamplePlaces.Anywhere,
            &Fetch)
        {
            Prepare = &PrepareName,
        });
        const ArgumentKind text = ArgumentKind.String;
        Words.Converters.Add(new(
            "set-var", new ArgumentSpec(1, text, text, text, text, text), SampleType.None, SampleType.None, &Set)
        {
            Prepare = &PrepareSet,
            KeepsType = true,
        });
        Words.Converters.Add(new("unset-var", ArgumentSpec.OneText, SampleType.None, SampleType.None, &Unset)
        {
            Prepare = &PrepareName,
            KeepsType = true,
        });
    }

    private static string? PrepareName(ParsePlace place, Arguments arguments)
    {
        if (ParseVariable.Name(place.Draft, arguments.Text(0).ToString(), out VariableRef variable) is { } refusal)
            return refusal;
        arguments.Items[0].Integer = variable.Packed;
        return null;
    }

    private static string? PrepareSet(ParsePlace place, Arguments arguments)
    {
        if (PrepareName(place, arguments) is { } refusal) return refusal;
        SetConditions conditions = SetConditions.None;
        for (int i = 1; i < arguments.Items.Length; i++)
        {
            string word = Encoding.Latin1.GetString(arguments.Text(i).Span);
            if (ParseVariable.Condition(word, ref conditions) is { } unknown) return unknown;
        }
        arguments.Items[1].Integer = (long)conditions;
        return null;
    }

    /// <summary>The second argument stands in for one that is not set.</summary>
    private static bool Fetch(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        VariableRef variable = VariableRef.Unpack(arguments.Items[0].Integer);
        if (AccessVariable.TryGet(ref scope, variable, ref sample)) return true;
        ByteView otherwise = arguments.Text(1);
        if (!arguments.Has(1)) return false;
        sample.SetString(otherwise);
        return true;
    }

    private static bool Set(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        VariableRef variable = VariableRef.Unpack(arguments.Items[0].Integer);
        AccessVariable.Set(ref scope, variable, (SetConditions)arguments.Items[1].Integer, ref sample);
        return true;
    }

    private static bool Unset(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        AccessVariable.Unset(ref scope, VariableRef.Unpack(arguments.Items[0].Integer));
        return true;
    }
}
