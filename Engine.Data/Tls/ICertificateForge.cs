using System;

namespace Engine.Data.Tls;

/// <summary>Makes certificates for the names that clients ask for (<c>generate-certificates</c>).</summary>
public interface ICertificateForge
{
    /// <summary>The certificate whose policy and key the made ones have.</summary>
    TlsIdentity Model { get; }

    /// <summary>
    /// Gives a connection that has the model's context a certificate of the name. False: none can be made, and the
    /// connection stays as it was.
    /// </summary>
    /// <param name="ssl">The library's object of the connection.</param>
    /// <param name="name">As the client sent it.</param>
    bool TryGive(nint ssl, ReadOnlySpan<byte> name);
}
