namespace Engine.Data.Rules;

/// <summary>One ACL in a condition, perhaps negated.</summary>
public struct ConditionTerm
{
    public Acl Acl;
    public bool Negated;
}
