namespace Engine.Data.Rules;

/// <summary>A named or anonymous ACL: the expressions declared under one name, joined by OR.</summary>
public sealed class Acl
{
    /// <summary>Empty for an anonymous one.</summary>
    public string Name = "";

    public AclExpression[] Expressions = [];
}
