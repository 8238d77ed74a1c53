using System;
using System.Collections.Generic;
using Engine.Data.Registries;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// The expressions of <c>.if</c>, <c>.elif</c> and <c>-cc</c>: integers, predicates, <c>!</c>, parentheses,
/// <c>&amp;&amp;</c> and <c>||</c> (manual section 2.4). All of it is parsed and evaluated, so a fault is found
/// wherever it stands.
/// </summary>
public ref struct ConditionExpression
{
    // As deep as anybody writes, and far from the end of the stack.
    private const int DepthMax = 100;

    private readonly ReadOnlySpan<char> text;
    private int at;
    private int depth;

    private ConditionExpression(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Offset of the fault in the expression, from 0.</summary>
    public int ErrorAt { get; private set; }

    /// <summary>The expression's truth. An empty one is false.</summary>
    public static bool TryEvaluate(ReadOnlySpan<char> text, out bool truth, out string error, out int errorAt)
    {
        ConditionExpression expression = new(text);
        truth = expression.Run();
        error = expression.Error ?? "";
        errorAt = expression.ErrorAt;
        return expression.Error is null;
    }

    private bool Run()
    {
        SkipSpaces();
        if (at == text.Length) return false;
        int start = at;
        bool truth = ReadOr();
        if (Error is not null) return false;
        SkipSpaces();
        if (at < text.Length)
        {
            Fail(at, $"unexpected character '{text[at]}' at the end of conditional expression '{text[start..]}'");
            return false;
        }
        return truth;
    }

    private bool ReadOr()
    {
        bool truth = ReadAnd();
        while (Error is null && TakeOperator("||")) truth |= ReadAnd();
        return truth;
    }

    private bool ReadAnd()
    {
        bool truth = ReadTerm();
        while (Error is null && TakeOperator("&&")) truth &= ReadTerm();
        return truth;
    }

    private bool TakeOperator(string sign)
    {
        SkipSpaces();
        if (!text[at..].StartsWith(sign)) return false;
        int before = at;
        at += sign.Length;
        SkipSpaces();
        if (at < text.Length) return true;
        Fail(before, $"unparsable conditional expression '{text[before..].TrimEnd(' ')}'");
        return false;
    }

    private bool ReadTerm()
    {
        SkipSpaces();
        int start = at;
        bool negated = false;
        while (at < text.Length && text[at] == '!')
        {
            negated = !negated;
            at++;
            SkipSpaces();
        }
        if (++depth > DepthMax || at == text.Length)
        {
            Fail(start, $"unparsable conditional expression '{text[start..]}'");
            return false;
        }
        bool truth = text[at] == '(' ? ReadGroup() : ReadInteger(out bool value) ? value : ReadPredicate(start);
        depth--;
        return truth != negated;
    }

    private bool ReadGroup()
    {
        int start = at++;
        bool truth = ReadOr();
        if (Error is not null) return false;
        SkipSpaces();
        if (at == text.Length || text[at] != ')')
        {
            Fail(start, $"expected ')' after conditional expression '{text[start..]}'");
            return false;
        }
        at++;
        return truth;
    }

    private bool ReadInteger(out bool truth)
    {
        truth = false;
        int digits = at < text.Length && text[at] is ('-' or '+') ? at + 1 : at;
        int end = digits;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == digits) return false;
        truth = text[digits..end].IndexOfAnyExcept('0') >= 0;
        at = end;
        return true;
    }

    private unsafe bool ReadPredicate(int start)
    {
        int end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        PredicateWord? predicate = Words.Predicates.Find(text[at..end]);
        if (predicate is null)
        {
            Fail(start, $"unparsable conditional expression '{text[start..]}'");
            return false;
        }
        at = end;
        string[]? arguments = ReadArguments(predicate);
        if (arguments is null) return false;
        string? fault = predicate.Evaluate(arguments, out bool truth);
        if (fault is not null) Fail(at, fault);
        return truth;
    }

    private string[]? ReadArguments(PredicateWord predicate)
    {
        List<string> arguments = [];
        int required = predicate.Arguments.Required;
        bool isCall = at < text.Length && text[at] == '(';
        int stop = isCall ? CallArguments.Read(text, at + 1, predicate.Arguments.Kinds.Length, arguments) : at;
        string where = $"in argument 1 of predicate '{predicate.Word}' used in conditional expression";
        // One absent argument is an empty text, as in "defined()"; more must be written.
        if (arguments.Count == 0 && required <= 1) arguments.Add("");
        if (arguments.Count < required)
        {
            int got = Math.Max(1, arguments.Count);
            Fail(stop, $"missing arguments (got {got}/{required}), type 'string' expected {where}");
            return null;
        }
        if (isCall && (stop == text.Length || text[stop] != ')'))
        {
            Fail(stop, stop == text.Length ? $"expected ')' {where}" : $"expected ')' before '{text[stop..]}' {where}");
            return null;
        }
        at = isCall ? stop + 1 : stop;
        return [.. arguments];
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] is (' ' or '\t')) at++;
    }

    private void Fail(int where, string what)
    {
        Error ??= what;
        if (ReferenceEquals(Error, what)) ErrorAt = where;
    }
}
