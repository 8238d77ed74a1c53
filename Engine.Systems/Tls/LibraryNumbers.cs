namespace Engine.Systems.Tls;

/// <summary>Numbers of the library's interface, as its headers have them.</summary>
public static class LibraryNumbers
{
    /// <summary>SSL_ERROR_...: what a call wants.</summary>
    public const int ErrorLibrary = 1;

    public const int WantRead = 2;
    public const int WantWrite = 3;
    public const int ErrorSystem = 5;
    public const int PeerNotified = 6;

    /// <summary>SSL_READ_EARLY_DATA_FINISH: there is no more of it.</summary>
    public const int EarlyFinished = 2;

    /// <summary>Both halves shut (SSL_SENT_SHUTDOWN, SSL_RECEIVED_SHUTDOWN).</summary>
    public const int ShutBoth = 3;

    /// <summary>BIO flags: read, write, should retry.</summary>
    public const int BioRead = 1;

    public const int BioWrite = 2;
    public const int BioRetry = 8;
    public const int BioRetryMask = 15;

    /// <summary>BIO_CTRL_FLUSH.</summary>
    public const int BioFlush = 11;

    /// <summary>Extensions of a ClientHello.</summary>
    public const uint ExtensionServerName = 0;

    public const uint ExtensionSignatures = 13;

    /// <summary>SSL_ctrl commands.</summary>
    public const int SetServerName = 55;

    public const int SetVersionMin = 123;
    public const int SetVersionMax = 124;

    /// <summary>SSL_OP_NO_TICKET.</summary>
    public const ulong NoTicket = 1UL << 14;

    /// <summary>SSL_CLIENT_HELLO_ERROR and SSL_CLIENT_HELLO_SUCCESS.</summary>
    public const int HelloRefused = 0;

    public const int HelloTaken = 1;

    /// <summary>Alerts: unrecognized_name, internal_error.</summary>
    public const int AlertName = 112;

    public const int AlertInternal = 80;

    /// <summary>SSL_TLSEXT_ERR_OK, _ALERT_FATAL and _NOACK.</summary>
    public const int ExtensionTaken = 0;

    public const int ExtensionFatal = 2;

    public const int ExtensionIgnored = 3;
}
