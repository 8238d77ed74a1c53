using System.Collections.Generic;

namespace Engine.Data.Samples;

/// <summary>Part of a proxy's draft: names in its expressions that are resolved when all files are read.</summary>
public sealed class UnresolvedArguments
{
    public List<UnresolvedArgument> Items { get; } = [];
}
