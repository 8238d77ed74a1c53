using System.Collections.Generic;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>peers</c> sections of the draft.</summary>
internal sealed class PeersPart
{
    public List<PeersSection> Sections { get; } = [];

    /// <summary>They were looked at when all files were read.</summary>
    public bool IsChecked;
}
