using System.Collections.Generic;

namespace Engine.Data.Configuration;

/// <summary>Parts by type: families of words keep their state in a draft without the draft knowing them.</summary>
public sealed class PartBag
{
    // A handful at most, so a list is quicker and smaller than a dictionary.
    private readonly List<object> parts = [];

    public TPart? Find<TPart>()
        where TPart : class
    {
        foreach (object part in parts)
        {
            if (part is TPart found) return found;
        }
        return null;
    }

    /// <summary>The part, made at the first use.</summary>
    public TPart Get<TPart>()
        where TPart : class, new()
    {
        if (Find<TPart>() is { } found) return found;
        TPart made = new();
        parts.Add(made);
        return made;
    }

    /// <summary>Takes copies of what servers start from.</summary>
    public void CopyFrom(PartBag defaults)
    {
        foreach (object part in defaults.parts)
        {
            if (part is ICopiedPart copied) parts.Add(copied.Copy());
        }
    }

    /// <summary>Hands the inheritable parts of a defaults section on.</summary>
    public void InheritFrom(PartBag defaults, ProxyDraft proxy)
    {
        foreach (object part in defaults.parts)
        {
            if (part is IInheritedPart inherited) parts.Add(inherited.InheritBy(proxy));
        }
    }
}
