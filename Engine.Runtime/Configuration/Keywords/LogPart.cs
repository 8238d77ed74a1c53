using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>log</c> lines of a proxy.</summary>
internal sealed class LogPart : IInheritedPart
{
    public List<LogTarget> Targets { get; } = [];

    /// <summary><c>log global</c>: the targets of the global section as well.</summary>
    public bool TakesGlobal { get; set; }

    public object InheritBy(ProxyDraft proxy)
    {
        LogPart part = new() { TakesGlobal = TakesGlobal };
        part.Targets.AddRange(Targets);
        return part;
    }
}
