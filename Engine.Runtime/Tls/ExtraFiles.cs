using System;

namespace Engine.Runtime.Tls;

/// <summary>
/// <c>ssl-load-extra-files</c> and <c>ssl-load-extra-del-ext</c>: what is looked for beside a certificate.
/// </summary>
[Flags]
public enum ExtraFiles
{
    None = 0,
    Bundle = 1,
    Sctl = 2,
    Ocsp = 4,
    Issuer = 8,
    Key = 16,
    All = Bundle | Sctl | Ocsp | Issuer | Key,

    /// <summary>The extension of the certificate is replaced, not added to.</summary>
    DropExtension = 32,
}
