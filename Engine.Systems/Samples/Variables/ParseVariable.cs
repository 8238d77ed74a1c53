using System;
using Engine.Data.Configuration;
using Engine.Data.Variables;

namespace Engine.Systems.Samples.Variables;

/// <summary>Reads names of variables and the conditions of <c>set-var</c> (manual sections 2.8 and 7.3.1).</summary>
internal static class ParseVariable
{
    /// <summary>Finds the variable, which need not be known before. Answers what is wrong, or null.</summary>
    public static string? Name(ConfigurationDraft draft, string name, out VariableRef variable)
    {
        variable = default;
        if (name.Length == 0) return "Empty variable name cannot be accepted";
        if (!VariableNames.TryScope(name, out _))
        {
            return $"invalid variable name '{name}'. A variable name must start with its scope. The scope can be 'proc', "
                + "'(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'";
        }
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '.'))
                return $"invalid syntax at char '{letter}'";
        }
        draft.Target.Variables.TryPlace(name, out variable);
        return null;
    }

    /// <summary>Adds a condition. Answers what is wrong, or null; an empty one is none.</summary>
    public static string? Condition(ReadOnlySpan<char> word, ref SetConditions conditions)
    {
        SetConditions found = word switch
        {
            "ifexists" => SetConditions.Exists,
            "ifnotexists" => SetConditions.NotExists,
            "ifempty" => SetConditions.Empty,
            "ifnotempty" => SetConditions.NotEmpty,
            "ifset" => SetConditions.Set,
            "ifnotset" => SetConditions.NotSet,
            "ifgt" => SetConditions.Greater,
            "iflt" => SetConditions.Less,
            _ => SetConditions.None,
        };
        conditions |= found;
        return found == SetConditions.None && word.Length > 0 ? $"unknown condition \"{word}\"" : null;
    }
}
