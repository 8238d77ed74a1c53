using Engine.Data.Configuration;
using Engine.Data.Rules;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary>Part of a section's draft: its rules. Those of a named defaults section come before the section's own.</summary>
internal sealed class RulesPart : IInheritedPart
{
    public ValueList<RuleStep> Request { get; } = new();

    public ValueList<RuleStep> Response { get; } = new();

    /// <summary>The <c>redirect</c> lines: evaluated behind the request rules, whatever <c>allow</c> said.</summary>
    public ValueList<RuleStep> Redirects { get; } = new();

    public object InheritBy(ProxyDraft proxy)
    {
        RulesPart part = new();
        if (!proxy.NamesItsDefaults) return part;
        part.Request.AddRange(Request);
        part.Response.AddRange(Response);
        return part;
    }
}
