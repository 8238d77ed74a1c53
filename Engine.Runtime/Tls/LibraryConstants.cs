namespace Engine.Runtime.Tls;

/// <summary>Numbers of the library's headers that contexts are made with.</summary>
internal static class LibraryConstants
{
    // SSL_CTRL_...
    public const int ControlMode = 33;
    public const int SessionCacheSize = 42;
    public const int SessionCacheMode = 44;
    public const int SetNameFunction = 53;
    public const int ReleaseStatus = 71;
    public const int ChainAdd = 89;
    public const int Groups = 92;
    public const int Signatures = 98;
    public const int ClientSignatures = 102;
    public const int VerifyStore = 106;
    public const int DhAuto = 118;
    public const int VersionMin = 123;
    public const int VersionMax = 124;

    // SSL_SESS_CACHE_...
    public const int CacheOff = 0;
    public const int CacheClient = 1;
    public const int CacheServer = 2;
    public const int CacheNoInternalStore = 0x200;
    public const int CacheNoInternal = 0x300;

    // SSL_MODE_...: partial writes, moving buffers, buffers released when idle.
    public const int Modes = 1 | 2 | 0x10;

    // SSL_OP_...
    public const ulong NoTicket = 1UL << 14;
    public const ulong ReplayUnchecked = 1UL << 24;
    public const ulong ServerPreference = 1UL << 22;
    public const ulong NoRenegotiation = 1UL << 30;

    /// <summary>
    /// Workarounds (OP_ALL), no compression, no resumption on renegotiation, ChaCha first where the client has
    /// it first, an
    /// end without close_notify is an end, no certificate compression (THREATS.md D4).
    /// </summary>
    public const ulong Common = 0x8000_0850UL | (1UL << 17) | (1UL << 16) | (1UL << 21) | (1UL << 7)
        | (1UL << 32) | (1UL << 33);

    /// <summary>SSL_OP_NO_TX_CERTIFICATE_COMPRESSION and SSL_OP_NO_RX_CERTIFICATE_COMPRESSION (3.2 and newer).</summary>
    public const ulong NoCertificateCompression = (1UL << 32) | (1UL << 33);

    /// <summary>SSL3_RT_MAX_PLAIN_LENGTH: early data that the library reads at most, bytes.</summary>
    public const int EarlyLimit = 16384;

    // SSL_VERIFY_...
    public const int VerifyNone = 0;
    public const int VerifyPeer = 1;
    public const int VerifyRequired = 3;

    // X509_V_FLAG_...
    public const int RevocationCheck = 4;
    public const int RevocationCheckAll = 8;
    public const int PartialChain = 0x80000;

    // EVP_PKEY_...
    public const int KeyRsa = 6;
    public const int KeyDsa = 116;
    public const int KeyEc = 408;
    public const int KeyRsaPss = 912;

    // NIDs and kinds of general names.
    public const int CommonName = 13;
    public const int AlternativeNames = 85;
    public const int NameDns = 2;
}
