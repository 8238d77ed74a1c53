using System.Collections.Generic;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>A <c>peers</c> section as it is read.</summary>
internal sealed class PeersSection(string name, string file, int line)
{
    public readonly string Name = name;
    public readonly string File = file;
    public readonly int Line = line;
    public readonly List<(string Name, string File, int Line)> Peers = [];
    public bool HasPeerLine;
    public bool HasBindLine;
    public bool HasLocal;
    public bool IsDisabled;
}
