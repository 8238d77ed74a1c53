using System.Collections.Generic;

namespace Engine.Runtime.Tls;

/// <summary>What a <c>ca-file</c> or a <c>crl-file</c> holds: certificates or revocation lists of the library.</summary>
/// <param name="Name">The path it is known by.</param>
/// <param name="Items">Handles that the set holds: it lets them go when it is exchanged or dropped.</param>
public sealed record AuthoritySet(string Name, List<nint> Items)
{
    /// <summary>Counts exchanges: a session made under another version is not resumed (THREATS.md D1).</summary>
    public int Version { get; init; }
}
