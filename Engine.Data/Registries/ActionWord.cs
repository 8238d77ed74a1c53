using Engine.Data.Configuration;
using Engine.Data.Rules;

namespace Engine.Data.Registries;

/// <summary>An action of a rule set: <c>http-request deny</c> (manual section 4.3).</summary>
public sealed unsafe class ActionWord(
    string word,
    string usage,
    delegate*<Directive, ref RuleStep, bool> parse) : Row(word, usage)
{
    /// <summary>
    /// Reads the arguments, from behind the action's word up to <c>if</c>, <c>unless</c> or the end, into the step's
    /// function and operands. False when an alert was given.
    /// </summary>
    public delegate*<Directive, ref RuleStep, bool> Parse { get; } = parse;

    /// <summary>Ends the evaluation of its rule set when carried out: what follows unconditionally is unreachable.</summary>
    public bool IsFinal { get; init; }
}
