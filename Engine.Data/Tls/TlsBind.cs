using System.Threading;

namespace Engine.Data.Tls;

/// <summary>
/// The encrypted side of a <c>bind</c> line, for all its listeners. The certificates can be exchanged at run
/// time.
/// </summary>
public sealed class TlsBind
{
    private Choice choice = new(null, NameTable.Empty, null);

    /// <summary><c>strict-sni</c>: a name that no certificate has is refused.</summary>
    public bool StrictNames;

    /// <summary>A certificate of it takes early data (<c>allow-0rtt</c>).</summary>
    public bool TakesEarly;

    /// <summary>The context that connections begin with, chosen before the ClientHello is read.</summary>
    public TlsIdentity First = new();

    /// <summary>Contexts by name and the ones without, as of now.</summary>
    public Choice Current => Volatile.Read(ref choice);

    /// <summary>Exchanges all at once: handshakes under way keep what they chose.</summary>
    public void Set(TlsIdentity?[]? defaults, NameTable names, ICertificateForge? forge) =>
        Volatile.Write(ref choice, new(defaults, names, forge));

    /// <param name="Defaults">By kind of key: for clients whose name none has, or that send none.</param>
    /// <param name="Names">By name.</param>
    /// <param name="Forge">Makes certificates for other names; null: they get the defaults.</param>
    public sealed record Choice(TlsIdentity?[]? Defaults, NameTable Names, ICertificateForge? Forge);
}
