using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// Part of a section's draft: the lines that give answers, in order, for a later one wins; the sections that they name
/// may follow.
/// </summary>
internal sealed class ErrorFilesPart : IInheritedPart
{
    public List<ErrorFilesLine> Lines { get; } = [];

    public object InheritBy(ProxyDraft proxy)
    {
        ErrorFilesPart part = new();
        part.Lines.AddRange(Lines);
        return part;
    }
}
