using System;
using Engine.Data.Configuration;
using Engine.Data.Rules;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary>Part of a section's draft: its rules. Those of a named defaults section come before the section's own.</summary>
internal sealed class RulesPart : IInheritedPart
{
    private readonly ValueList<RuleStep>[] sets = Array.ConvertAll(RuleSet.All, static _ => new ValueList<RuleStep>());

    /// <summary>The <c>redirect</c> lines: evaluated behind the request rules, whatever <c>allow</c> said.</summary>
    public ValueList<RuleStep> Redirects { get; } = new();

    public ValueList<RuleStep> Of(RuleSet set) => sets[Array.IndexOf(RuleSet.All, set)];

    public object InheritBy(ProxyDraft proxy)
    {
        RulesPart part = new();
        if (!proxy.NamesItsDefaults) return part;
        for (int i = 0; i < sets.Length; i++) part.sets[i].AddRange(sets[i]);
        return part;
    }
}
