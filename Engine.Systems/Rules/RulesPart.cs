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

    private readonly int[] inherited = new int[RuleSet.All.Length];

    public ValueList<RuleStep> Of(RuleSet set) => sets[Array.IndexOf(RuleSet.All, set)];

    /// <summary>The last rule that the section itself has; null when it has none yet.</summary>
    public RuleStep? LastOwn(RuleSet set)
    {
        int at = Array.IndexOf(RuleSet.All, set);
        return sets[at].Count > inherited[at] ? sets[at][^1] : null;
    }

    public object InheritBy(ProxyDraft proxy)
    {
        RulesPart part = new();
        if (!proxy.NamesItsDefaults) return part;
        for (int i = 0; i < sets.Length; i++)
        {
            part.sets[i].AddRange(sets[i]);
            part.inherited[i] = sets[i].Count;
        }
        return part;
    }
}
