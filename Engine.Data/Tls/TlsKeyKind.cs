namespace Engine.Data.Tls;

/// <summary>The kind of a certificate's key: a client may take only one of them.</summary>
public enum TlsKeyKind : byte
{
    Rsa = 0,
    Ecdsa = 1,
    Dsa = 2,
}
