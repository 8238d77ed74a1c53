using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Samples;
using Engine.Systems.Sticky.Values;

namespace Engine.Systems.Sticky;

/// <summary>
/// <c>sc-add-gpc</c>, <c>sc-inc-gpc</c>, <c>sc-inc-gpc0</c>, <c>sc-inc-gpc1</c>, <c>sc-set-gpt</c> and <c>sc-set-gpt0</c>:
/// general purpose counters and tags of what is tracked (manual section 4.4).
/// </summary>
internal static unsafe class CounterActions
{
    private const string Value = "{ <int> | <expr> }";

    private sealed class Operands
    {
        /// <summary>Which of the places.</summary>
        public int Place;

        /// <summary>Element of the array.</summary>
        public int Index;

        public uint Amount = 1;

        /// <summary>Gives the amount; null where it is fixed.</summary>
        public SampleExpression? Expression;
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
            set.Add(new("sc-add-gpc", $"(<idx>,<sc-id>) {Value}", &ParseAdd) { MatchesPrefix = true });
            set.Add(new("sc-inc-gpc", "(<idx>,<sc-id>)", &ParseIncrease) { MatchesPrefix = true });
            set.Add(new("sc-inc-gpc0", "(<sc-id>)", &ParseIncrease) { MatchesPrefix = true });
            set.Add(new("sc-inc-gpc1", "(<sc-id>)", &ParseIncrease) { MatchesPrefix = true });
            set.Add(new("sc-set-gpt", $"(<idx>,<sc-id>) {Value}", &ParseTag) { MatchesPrefix = true });
            set.Add(new("sc-set-gpt0", $"(<sc-id>) {Value}", &ParseTag) { MatchesPrefix = true });
        }
    }

    private static bool ParseAdd(Directive line, ref RuleStep step)
    {
        const string word = "sc-add-gpc";
        Operands operands = new();
        ReadOnlySpan<char> rest = step.Word.AsSpan(word.Length);
        if (!rest.StartsWith("("))
        {
            return ActionLine.Refuse(
                line, $"Missing or invalid arguments for '{step.Word}'. Expects sc-add-gpc(<GPC ID>,<Track ID>)");
        }
        if (!TryNumber(ref rest, ',', out operands.Index))
            return ActionLine.Refuse(line, $"Missing gpc ID. Expects {step.Word}(<GPC ID>,<Track ID>)");
        ReadOnlySpan<char> place = rest;
        if (!TryNumber(ref rest, ')', out operands.Place))
            return ActionLine.Refuse(line, $"invalid stick table track ID '{place[1..]}'. Expects {step.Word}(<GPC ID>,<Track ID>)");
        if (!IsPlace(line, operands, $"invalid stick table track ID '{step.Word}'. The max allowed ID is {{0}} (tune.stick-counters)"))
            return false;
        step.Operands = operands;
        step.Action = &Add;
        return TryAmount(line, ref step, operands);
    }

    private static bool ParseIncrease(Directive line, ref RuleStep step)
    {
        Operands operands = new();
        step.Operands = operands;
        step.Action = &Add;
        if (!HasCounters(line, step.Word)) return false;
        ReadOnlySpan<char> rest = step.Word.AsSpan("sc-inc-gpc".Length);
        if (rest.StartsWith("(")) return TryIndexed(line, step.Word, rest, operands, "gpc", "sc-inc-gpc", " (tune.stick-counters)");
        if (rest.IsEmpty || rest[0] is not ('0' or '1'))
            return ActionLine.Refuse(line, $"invalid gpc ID '{step.Word}'. Expects sc-inc-gpc(<GPC ID>,<Track ID>)");
        step.Action = rest[0] == '0' ? &AddFirst : &AddSecond;
        rest = rest[1..];
        if (rest.IsEmpty) return true;
        string expected = $"invalid stick table track ID. Expects {step.Word}(<Track ID>)";
        if (rest[0] != '(' || !TryNumber(ref rest, ')', out operands.Place)) return ActionLine.Refuse(line, expected);
        return IsPlace(line, operands, "invalid stick table track ID. The max allowed ID is {0} (tune.stick-counters)");
    }

    private static bool ParseTag(Directive line, ref RuleStep step)
    {
        Operands operands = new();
        step.Operands = operands;
        if (!HasCounters(line, step.Word)) return false;
        ReadOnlySpan<char> rest = step.Word.AsSpan("sc-set-gpt".Length);
        step.Action = &SetTag;
        if (rest.StartsWith("("))
            return TryIndexed(line, step.Word, rest, operands, "gpt", "sc-set-gpt", "") && TryAmount(line, ref step, operands);
        if (!rest.StartsWith("0"))
            return ActionLine.Refuse(line, $"invalid gpt ID '{step.Word}'. Expects sc-set-gpt(<GPT ID>,<Track ID>)");
        step.Action = &SetFirstTag;
        rest = rest[1..];
        if (!rest.IsEmpty)
        {
            if (rest[0] != '(')
                return ActionLine.Refuse(line, $"invalid stick table track ID '{step.Word}'. Expects sc-set-gpt0(<Track ID>)");
            if (!TryNumber(ref rest, ')', out operands.Place))
                return ActionLine.Refuse(line, $"invalid stick table track ID '{step.Word}'. Expects sc-set-gpt0(<Track ID>)");
            if (!IsPlace(line, operands, $"invalid stick table track ID '{step.Word}'. The max allowed ID is {{0}}")) return false;
        }
        return TryAmount(line, ref step, operands);
    }

    private static bool HasCounters(Directive line, string word) =>
        line.Draft.Globals.StickCounters > 0
        || ActionLine.Refuse(line, $"Cannot use '{word}', stick-counters are disabled via tune.stick-counters");

    private static bool TryIndexed(
        Directive line, string word, ReadOnlySpan<char> rest, Operands operands, string kind, string expected, string hint)
    {
        string form = $"Expects {expected}(<{kind.ToUpperInvariant()} ID>,<Track ID>)";
        if (!TryNumber(ref rest, ',', out operands.Index)) return ActionLine.Refuse(line, $"Missing {kind} ID '{word}'. {form}");
        if (!TryNumber(ref rest, ')', out operands.Place))
            return ActionLine.Refuse(line, $"invalid stick table track ID '{word}'. {form}");
        return IsPlace(line, operands, $"invalid stick table track ID '{word}'. The max allowed ID is {{0}}{hint}");
    }

    /// <summary>Takes a character and the digits behind it, up to an end that stays.</summary>
    private static bool TryNumber(ref ReadOnlySpan<char> text, char end, out int number)
    {
        ReadOnlySpan<char> behind = text[1..];
        int digits = behind.IndexOfAnyExceptInRange('0', '9');
        number = 0;
        if (digits < 0 || behind[digits] != end) return false;
        text = behind[digits..];
        return digits == 0 || int.TryParse(behind[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsPlace(Directive line, Operands operands, string complaint)
    {
        int counters = line.Draft.Globals.StickCounters;
        return operands.Place < counters
            || ActionLine.Refuse(line, string.Format(CultureInfo.InvariantCulture, complaint, counters - 1));
    }

    private static bool TryAmount(Directive line, ref RuleStep step, Operands operands)
    {
        string text = ParseExpression.WordsOf(line);
        long number = 0;
        if (text.Length == 0 || ConfigurationUnits.TryInteger(text, out number))
        {
            operands.Amount = (uint)number;
            return true;
        }
        ParsePlace place = ActionLine.PlaceOf(line);
        operands.Expression = ParseExpression.Run(place, text, out string reason);
        if (operands.Expression is null) return ActionLine.Refuse(line, reason);
        return (operands.Expression.Row!.Places & place.Places) != 0
            || ActionLine.Refuse(line, $"fetch method '{text}' extracts information from "
                + $"'{SampleNeeds.Of(operands.Expression.Row)}', none of which is available here");
    }

    /// <summary>What is tracked, and the amount. False: there is nothing to do.</summary>
    private static bool TryTarget(
        ref Evaluation scope, in RuleStep step, out Operands operands, out StickTable table, out uint row, out uint amount)
    {
        operands = Unsafe.As<Operands>(step.Operands!);
        table = null!;
        row = StickTable.None;
        amount = operands.Amount;
        if (!StickSource.TryTracked(ref scope, operands.Place, out StickCounter tracked)) return false;
        table = scope.Shared!.StickTables[tracked.Table];
        row = tracked.Row;
        if (operands.Expression is null) return true;
        int mark = scope.Scratch.Used;
        Sample sample = default;
        bool found = EvaluateExpression.RunAs(ref scope, operands.Expression, SampleType.Integer, ref sample);
        scope.Scratch.Rewind(mark);
        amount = found ? (uint)sample.Integer : 0;
        return found;
    }

    private static bool Add(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTarget(ref scope, in step, out Operands operands, out StickTable table, out uint row, out uint amount))
            IncreaseDatum<StickDatums.Gpc, StickDatums.GpcRate>.Add(table, row, operands.Index, amount, scope.NowMs);
        return true;
    }

    private static bool AddFirst(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTarget(ref scope, in step, out _, out StickTable table, out uint row, out uint amount))
            IncreaseDatum<StickDatums.Gpc0, StickDatums.Gpc0Rate>.Add(table, row, 0, amount, scope.NowMs);
        return true;
    }

    private static bool AddSecond(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTarget(ref scope, in step, out _, out StickTable table, out uint row, out uint amount))
            IncreaseDatum<StickDatums.Gpc1, StickDatums.Gpc1Rate>.Add(table, row, 0, amount, scope.NowMs);
        return true;
    }

    private static bool SetTag(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTarget(ref scope, in step, out Operands operands, out StickTable table, out uint row, out uint value))
            Set(table, row, StickData.Gpt, operands.Index, value, scope.NowMs);
        return true;
    }

    private static bool SetFirstTag(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (TryTarget(ref scope, in step, out _, out StickTable table, out uint row, out uint value))
            Set(table, row, StickData.Gpt0, 0, value, scope.NowMs);
        return true;
    }

    private static void Set(StickTable table, uint row, StickData data, int index, uint value, uint nowMs)
    {
        if (!table.Layout.TryResolve(ref data, ref index)) return;
        table.Lock(row);
        table.Counter(row, data, index) = value;
        table.Unlock(row, touch: true, nowMs);
    }
}
