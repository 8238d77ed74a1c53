using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Tables;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Configuration;

/// <summary>
/// The lines that begin with a dot: <c>.if .elif .else .endif</c> and the messages <c>.diag .notice .warning
/// .alert</c> (manual section 2.4).
/// </summary>
public sealed class ConditionalBlocks(Diagnostics diagnostics)
{
    private const int DepthMax = 128;

    private readonly Stack<Block> open = [];

    private enum State : byte
    {
        /// <summary>Lines of this branch are read.</summary>
        Taken,

        /// <summary>No branch was taken so far.</summary>
        Waiting,

        /// <summary>A branch was taken already, or the whole block lies in a branch that is not read.</summary>
        Done,
    }

    private bool Reads => open.Count == 0 || open.Peek().State == State.Taken;

    /// <summary>A file begins.</summary>
    public void Begin() => open.Clear();

    /// <summary>A file ends, or is not read any further: blocks must be closed.</summary>
    public void End(string file, int lastLine)
    {
        if (open.Count == 0) return;
        diagnostics.HidesSummary = true;
        diagnostics.Alert($"parsing [{file}:{lastLine}]: non-terminated '.if' block.");
    }

    /// <summary>True when the line is one of these, or lies in a branch that is not read.</summary>
    public bool Takes(Directive line)
    {
        string word = line[0];
        if (word.Length == 0 || word[0] != '.') return !Reads;
        switch (word)
        {
            case ".if":
                OpenBlock(line);
                return true;
            case ".elif":
                NextBranch(line);
                return true;
            case ".else":
                LastBranch(line);
                return true;
            case ".endif":
                if (TakesNothing(line)) CloseBlock(line);
                return true;
            case ".diag" or ".notice" or ".warning" or ".alert":
                if (Reads) Say(line);
                return true;
            default:
                if (!Reads) return true;
                line.AlertTight($"unknown directive '{word}'.");
                diagnostics.Aborted = true;
                return true;
        }
    }

    private void OpenBlock(Directive line)
    {
        if (open.Count == DepthMax)
        {
            Alert(line, $"too many nested '.if', max is {DepthMax}.");
            return;
        }
        State state = !Reads ? State.Done : IsTrue(line) ? State.Taken : State.Waiting;
        if (!diagnostics.Aborted) open.Push(new Block(state, SawElse: false));
    }

    private void NextBranch(Directive line)
    {
        if (!open.TryPeek(out Block? block)) Alert(line, "lone '.elif' with no matching '.if'.");
        else if (block.SawElse) Alert(line, "'.elif' after '.else' is not permitted.");
        else if (block.State == State.Taken) Replace(block with { State = State.Done });
        else if (block.State == State.Waiting && IsTrue(line)) Replace(block with { State = State.Taken });
    }

    private void LastBranch(Directive line)
    {
        if (!TakesNothing(line)) return;
        if (!open.TryPeek(out Block? block)) Alert(line, "lone '.else' with no matching '.if'.");
        else if (block.SawElse) Alert(line, "'.else' after '.else' is not permitted.");
        else Replace(new Block(block.State == State.Waiting ? State.Taken : State.Done, SawElse: true));
    }

    private void CloseBlock(Directive line)
    {
        if (open.Count == 0) Alert(line, "lone '.endif' with no matching '.if'.");
        else open.Pop();
    }

    private void Replace(Block block)
    {
        Check.That(open.Count > 0);
        open.Pop();
        open.Push(block);
    }

    private bool TakesNothing(Directive line)
    {
        if (line.Count == 1) return true;
        Alert(line, $"Unexpected argument '{line[1]}' for '{line[0]}'.", endsBlocks: false);
        return false;
    }

    private bool IsTrue(Directive line)
    {
        string expression = line.JoinFrom(1);
        if (ConditionExpression.TryEvaluate(expression, out bool truth, out string error, out int at)) return truth;
        string caret = new(' ', at + line[0].Length + 3);
        Alert(line, $"{error} in '{line[0]}' at position {at + 1}:\n  {line[0]} {expression}\n{caret}^");
        return false;
    }

    private void Say(Directive line)
    {
        if (line.Count > 2)
        {
            line.AlertTight($"Unexpected argument '{line[2]}' for '{line[0]}'. "
                + "Use quotes if the message should contain spaces.");
            return;
        }
        string text = $"parsing [{line.File}:{line.Line}]: '{line[1]}'.";
        switch (line[0])
        {
            case ".diag":
                diagnostics.Hint(text);
                break;
            case ".notice":
                diagnostics.Notice(text);
                break;
            case ".warning":
                diagnostics.Warn(text);
                break;
            default:
                diagnostics.HidesSummary = true;
                diagnostics.Alert(text);
                diagnostics.Aborted = true;
                open.Clear();
                break;
        }
    }

    /// <summary>
    /// What would be read next is not known then: reading stops, as the reference's does, which mostly says nothing more of
    /// blocks that are open.
    /// </summary>
    private void Alert(Directive line, string text, bool endsBlocks = true)
    {
        if (endsBlocks) open.Clear();
        line.Diagnostics.Aborted = true;
        line.Diagnostics.HidesSummary = true;
        line.Diagnostics.Alert($"parsing [{line.File}:{line.Line}]: {text}");
    }

    private sealed record Block(State State, bool SawElse);
}
