using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>set-var</c>, <c>set-var-fmt</c> and <c>unset-var</c> as actions (manual section 4.4).</summary>
internal static unsafe class SetVariable
{
    private const string Forms = "Expects 'set-var(<var-name>)', 'set-var-fmt(<var-name>)' or 'unset-var(<var-name>)'";

    private sealed class Operands
    {
        public VariableRef Variable;
        public SetConditions Conditions;
        public SampleExpression? Expression;
        public LogProgram? Format;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
        [
            Words.TcpConnectionActions, Words.TcpSessionActions, Words.TcpRequestActions, Words.TcpResponseActions,
            Words.HttpRequestActions, Words.HttpResponseActions, Words.HttpAfterResponseActions,
        ];
        foreach (Registry<ActionWord> set in sets)
        {
            set.Add(new("set-var", "(<var-name>[,<cond>...]) <expr>", &ParseSet) { MatchesPrefix = true });
            set.Add(new("set-var-fmt", "(<var-name>[,<cond>...]) <fmt>", &ParseFormat) { MatchesPrefix = true });
            set.Add(new("unset-var", "(<var-name>)", &ParseUnset) { MatchesPrefix = true });
        }
    }

    private static bool ParseSet(Directive line, ref RuleStep step)
    {
        if (Name(line, ref step, "set-var") is not { } operands) return false;
        ParsePlace place = ActionLine.PlaceOf(line);
        SampleExpression? expression = ParseExpression.Run(place, ParseExpression.WordsOf(line), out string reason);
        if (expression is null) return ActionLine.Refuse(line, reason);
        if ((expression.Row!.Places & place.Places) == 0)
        {
            return ActionLine.Refuse(line, $"fetch method '{step.Word}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
        }
        operands.Expression = expression;
        step.Action = &Set;
        return true;
    }

    private static bool ParseFormat(Directive line, ref RuleStep step)
    {
        if (Name(line, ref step, "set-var-fmt") is not { } operands) return false;
        operands.Format = ActionLine.Format(line, line.Next(), isPlain: true);
        step.Action = &SetText;
        return operands.Format is not null;
    }

    private static bool ParseUnset(Directive line, ref RuleStep step)
    {
        step.Action = &Unset;
        return Name(line, ref step, "unset-var") is not null;
    }

    /// <summary>What stands in the parentheses behind the word. Null after an alert.</summary>
    private static Operands? Name(Directive line, ref RuleStep step, string word)
    {
        string action = step.Word;
        ReadOnlySpan<char> behind = action.AsSpan(word.Length);
        if (!behind.StartsWith("("))
        {
            ActionLine.Refuse(line, $"invalid or incomplete action '{action}'. {Forms}");
            return null;
        }
        if (!behind.EndsWith(")"))
        {
            ActionLine.Refuse(line, $"incomplete argument after action '{action}'. {Forms}");
            return null;
        }
        Operands operands = new();
        string? name = null;
        foreach (Range range in behind[1..^1].Split(','))
        {
            ReadOnlySpan<char> part = behind[1..^1][range];
            string? refusal = name is not null
                ? ParseVariable.Condition(part, ref operands.Conditions)
                : ParseVariable.Name(line.Draft, name = part.ToString(), out operands.Variable);
            if (refusal is null) continue;
            ActionLine.Refuse(line, refusal);
            return null;
        }
        step.Operands = operands;
        return operands;
    }

    /// <summary>Without a value the variable stays as it is.</summary>
    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        int mark = scope.Scratch.Used;
        Sample sample = default;
        if (EvaluateExpression.Run(ref scope, operands.Expression!, ref sample))
            AccessVariable.Set(ref scope, operands.Variable, operands.Conditions, ref sample);
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static bool SetText(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        int mark = scope.Scratch.Used;
        if (MakeText.TryRun(ref scope, operands.Format!, out ByteView text))
        {
            Sample sample = default;
            sample.SetString(text);
            AccessVariable.Set(ref scope, operands.Variable, operands.Conditions, ref sample);
        }
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static bool Unset(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        AccessVariable.Unset(ref scope, Unsafe.As<Operands>(step.Operands!).Variable);
        return true;
    }
}
