namespace Engine.Data.Rules;

/// <summary>
/// The <c>if</c> or <c>unless</c> part of a rule: groups of terms joined by OR, the terms of a group joined by AND
/// (manual section 7.2). Without any group nothing ever matches.
/// </summary>
public sealed class Condition
{
    /// <summary><c>unless</c>: the outcome is turned round.</summary>
    public bool Unless;

    public ConditionTerm[][] Groups = [];
}
