using Engine.Data.Samples;

namespace Engine.Data.Rules;

/// <summary>
/// Sees every step of an evaluation: what explain shows. Implemented by structs and passed as a type parameter, so
/// that the empty one costs nothing.
/// </summary>
public interface IRuleTrace
{
    /// <summary>A value was asked for, for one expression of an ACL.</summary>
    void Saw(AclExpression expression, bool found, in Sample sample, bool matched);

    /// <summary>A term of a condition was decided, negation included.</summary>
    void Decided(in ConditionTerm term, Outcome outcome);

    /// <summary>A rule's condition was decided; with Yes its action is carried out next.</summary>
    void Reached(in RuleStep step, Outcome outcome);
}
