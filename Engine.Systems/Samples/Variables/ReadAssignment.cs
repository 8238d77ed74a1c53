using System;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Logs;

namespace Engine.Systems.Samples.Variables;

/// <summary>
/// <c>set-var(...)</c>, <c>set-var-fmt(...)</c> and <c>unset-var(...)</c> as rules of checks (manual section 4.2,
/// <c>tcp-check set-var</c>).
/// </summary>
public static class ReadAssignment
{
    private const string Forms = "Expects 'set-var(<var-name>)', 'set-var-fmt(<var-name>)' or 'unset-var(<var-name>)'";

    /// <summary>Whether a word is one of the three, be it whole or not.</summary>
    public static bool Is(string word) => NameOf(word).Length > 0;

    /// <summary>Null after an alert. The word was read, its value is what follows in the line.</summary>
    public static CheckAssignment? Run(Directive line, string word)
    {
        string name = NameOf(word);
        CheckAssignment? made = Read(line, word, name, out string reason);
        if (made is null) line.Alert($"'{line[0]} {word}' : '{name}' : {reason}.");
        return made;
    }

    private static CheckAssignment? Read(Directive line, string word, string name, out string reason)
    {
        ReadOnlySpan<char> behind = word.AsSpan(name.Length);
        reason = !behind.StartsWith("(") ? $"invalid or incomplete action '{word}'. {Forms}"
            : !behind.EndsWith(")") ? $"incomplete argument after action '{word}'. {Forms}" : "";
        if (reason.Length > 0) return null;
        SetConditions conditions = SetConditions.None;
        VariableRef variable = default;
        bool named = false;
        foreach (Range range in behind[1..^1].Split(','))
        {
            ReadOnlySpan<char> part = behind[1..^1][range];
            string? refusal = named
                ? ParseVariable.Condition(part, ref conditions)
                : ParseVariable.Name(line.Draft, part.ToString(), out variable);
            named = true;
            if (refusal is null) continue;
            reason = refusal;
            return null;
        }
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.TcpCheck);
        SampleExpression? expression = null;
        LogProgram? format = null;
        if (name == "set-var") expression = ParseExpression.Run(place, line.Next(), out reason);
        else if (name == "set-var-fmt")
            format = CompileFormat.Run(place, line.Next(), forLogs: false, out reason, isPlain: true);
        if (name != "unset-var" && expression is null && format is null) return null;
        return new CheckAssignment
        {
            Variable = variable,
            Conditions = (byte)conditions,
            Expression = expression,
            Format = format,
        };
    }

    private static string NameOf(string word)
    {
        foreach (string name in (ReadOnlySpan<string>)["set-var-fmt", "set-var", "unset-var"])
        {
            if (word == name || word.StartsWith($"{name}(", StringComparison.Ordinal)) return name;
        }
        return "";
    }
}
