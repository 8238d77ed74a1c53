using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>log</c> lines of a proxy.</summary>
internal sealed class LogPart : IInheritedPart
{
    public readonly List<LogTarget> Targets = [];

    /// <summary><c>log global</c>: the targets of the global section as well.</summary>
    public bool TakesGlobal;

    public object InheritBy(ProxyDraft proxy)
    {
        LogPart part = new() { TakesGlobal = TakesGlobal };
        part.Targets.AddRange(Targets);
        return part;
    }
}
