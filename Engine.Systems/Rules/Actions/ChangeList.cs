using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>add-acl</c>, <c>del-acl</c>, <c>set-map</c> and <c>del-map</c> (manual section 4.4): entries of lists by what
/// requests say. A new entry allocates; a value that the entry has already does not.
/// </summary>
internal static unsafe class ChangeList
{
    private sealed class Operands
    {
        public required string Name { get; init; }

        public required LogProgram Key { get; init; }

        public LogProgram? Value { get; init; }
    }

    [ModuleInitializer]
    internal static void Register()
    {
        foreach (Registry<ActionWord> set in (Registry<ActionWord>[])[Words.HttpRequestActions, Words.HttpResponseActions])
            set.Add(new("add-acl", "(<file-name>) <key fmt>", &ParseAdd) { MatchesPrefix = true });
        Registry<ActionWord>[] all = [Words.HttpRequestActions, Words.HttpResponseActions, Words.HttpAfterResponseActions];
        foreach (Registry<ActionWord> set in all)
        {
            set.Add(new("del-acl", "(<file-name>) <key fmt>", &ParseRemove) { MatchesPrefix = true });
            set.Add(new("set-map", "(<map-name>) <key fmt> <value fmt>", &ParseSet) { MatchesPrefix = true });
            set.Add(new("del-map", "(<map-name>) <key fmt>", &ParseRemove) { MatchesPrefix = true });
        }
    }

    private static bool ParseAdd(Directive line, ref RuleStep step)
    {
        step.Action = &Add;
        return Parse(line, ref step, hasValue: false);
    }

    private static bool ParseRemove(Directive line, ref RuleStep step)
    {
        step.Action = &Remove;
        return Parse(line, ref step, hasValue: false);
    }

    private static bool ParseSet(Directive line, ref RuleStep step)
    {
        step.Action = &Set;
        return Parse(line, ref step, hasValue: true);
    }

    /// <summary>A list that nobody reads may be named: there is nothing to change then.</summary>
    private static bool Parse(Directive line, ref RuleStep step, bool hasValue)
    {
        string action = step.Word;
        int open = action.IndexOf('(', System.StringComparison.Ordinal);
        string expected = $"expects exactly {(hasValue ? 2 : 1)} arguments";
        if (open < 0 || line.AtEnd) return ActionLine.Refuse(line, expected);
        string name = action[(open + 1)..].TrimEnd(')');
        string key = line.Next();
        if (hasValue && line.AtEnd) return ActionLine.Refuse(line, expected);
        LogProgram? keyFormat = ActionLine.Format(line, key, isPlain: true);
        LogProgram? valueFormat = hasValue && keyFormat is not null ? ActionLine.Format(line, line.Next(), isPlain: true) : null;
        if (keyFormat is null || (hasValue && valueFormat is null)) return false;
        line.Draft.Target.Patterns.Changes(name);
        step.Operands = new Operands { Name = name, Key = keyFormat, Value = valueFormat };
        return true;
    }

    private static bool Add(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        int mark = scope.Scratch.Used;
        if (Find(ref scope, operands) is { } list && MakeText.TryRun(ref scope, operands.Key, out ByteView key))
            list.AddOnce(key.Span);
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static bool Remove(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        int mark = scope.Scratch.Used;
        if (Find(ref scope, operands) is { } list && MakeText.TryRun(ref scope, operands.Key, out ByteView key))
            _ = list.TryRemove(key.Span);
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        int mark = scope.Scratch.Used;
        if (Find(ref scope, operands) is { } list
            && MakeText.TryRun(ref scope, operands.Key, out ByteView key)
            && MakeText.TryRun(ref scope, operands.Value!, out ByteView value))
        {
            list.AddOrSet(key.Span, value.Span);
        }
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static PatternList? Find(ref Evaluation scope, Operands operands) =>
        scope.Configuration.Patterns.Find(operands.Name);
}
