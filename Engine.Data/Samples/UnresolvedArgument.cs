using Engine.Data.Configuration;

namespace Engine.Data.Samples;

/// <summary>An argument that names a proxy or server: resolved once all files are read.</summary>
/// <param name="Arguments">The list it stands in.</param>
/// <param name="Index">Its position there.</param>
/// <param name="Proxy">The section that uses it.</param>
/// <param name="Keyword">For messages: <c>ACL keyword 'nbsrv'</c>.</param>
/// <param name="File">For messages.</param>
/// <param name="Line">For messages.</param>
public sealed record UnresolvedArgument(
    Arguments Arguments, int Index, ProxyDraft Proxy, string Keyword, string File, int Line);
