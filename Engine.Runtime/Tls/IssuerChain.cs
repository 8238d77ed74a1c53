using System.Collections.Generic;

namespace Engine.Runtime.Tls;

/// <summary>A file of <c>issuers-chain-path</c>: an authority and those above it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Items">Certificates of the library, the lowest first; held as long as the process lives.</param>
public sealed record IssuerChain(string Path, List<nint> Items);
