using System.Collections.Generic;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky;

/// <summary>The <c>stick</c> lines of a proxy.</summary>
internal sealed class StickRulesPart
{
    public List<StickRule> Rules { get; } = [];
}
