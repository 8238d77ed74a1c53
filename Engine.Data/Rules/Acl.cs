namespace Engine.Data.Rules;

/// <summary>A named or anonymous ACL: the expressions declared under one name, joined by OR.</summary>
public sealed class Acl
{
    /// <summary>Empty for an anonymous one.</summary>
    public string Name = "";

    /// <summary>Grows while the section is read: conditions that name the ACL see expressions added later.</summary>
    public AclExpression[] Expressions = [];
}
