using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// A certificate with what belongs to it, as loaded from its files. Handles of the library, never freed while
/// used.
/// </summary>
public sealed class CertificateFile
{
    /// <summary>The path it is known by: the one of the configuration, with its base before it.</summary>
    public string Name = "";

    public nint Certificate;

    /// <summary>The certificates behind it in the file, in order.</summary>
    public readonly List<nint> Chain = [];

    public nint Key;

    /// <summary>Diffie-Hellman parameters of the file, 0 for none.</summary>
    public nint DhParameters;

    public TlsKeyKind Kind;

    /// <summary>Its time is over or has not begun: clients will refuse it.</summary>
    public bool IsExpired;

    /// <summary>
    /// Common name and DNS names, lower case, without those that hold a zero byte (THREATS.md D3).
    /// </summary>
    public readonly List<string> Names = [];
}
