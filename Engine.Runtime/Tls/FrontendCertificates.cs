using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Tls;

/// <summary>
/// The list that the <c>ssl-f-use</c> lines of a frontend make: every encrypted bind line of the frontend has it behind
/// its own certificates.
/// </summary>
public sealed class FrontendCertificates : IInheritedPart
{
    /// <summary>A line was refused: what is missing may have been meant by that.</summary>
    public bool HasFaults;

    /// <summary>The last line stands first, as the reference has them.</summary>
    public readonly List<ListedCertificate> Listed = [];

    public object InheritBy(ProxyDraft proxy)
    {
        FrontendCertificates own = new() { HasFaults = HasFaults };
        own.Listed.AddRange(Listed);
        return own;
    }
}
