using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>log</c> lines of a proxy.</summary>
internal sealed class LogPart : IInheritedPart
{
    public readonly List<LogTarget> Targets = [];

    public object InheritBy(ProxyDraft proxy)
    {
        LogPart part = new();
        part.Targets.AddRange(Targets);
        return part;
    }
}
