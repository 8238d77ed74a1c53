using System;

namespace Engine.Data.Tls;

/// <summary>
/// The functions of OpenSSL 3 that the engine calls, each under a name of its own.
/// They are found once, when a configuration uses TLS; before that all are null and nothing calls them.
/// </summary>
public static unsafe class OpenSsl
{
    // What takes long enough for a collector to wait.
    public static delegate* unmanaged<nint, nint> SslNew;
    public static delegate* unmanaged<nint, void> SslFree;
    public static delegate* unmanaged<nint, int> SslHandshake;
    public static delegate* unmanaged<nint, byte*, int, int> SslRead;
    public static delegate* unmanaged<nint, byte*, int, int> SslWrite;
    public static delegate* unmanaged<nint, byte*, nuint, nuint*, int> SslReadEarly;
    public static delegate* unmanaged<nint, byte*, nuint, nuint*, int> SslWriteEarly;
    public static delegate* unmanaged<nint, uint, int> SslSetEarlyMax;
    public static delegate* unmanaged<nint, int> SslShutdown;
    public static delegate* unmanaged<void> ErrorsClear;
    public static delegate* unmanaged<nuint, byte*, nuint, void> ErrorText;
    public static delegate* unmanaged<nint, void> SessionFree;

    // What only reads or sets a field.
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, int> SslError;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> SslPending;
    public static delegate* unmanaged[SuppressGCTransition]<nint, void> SslSetAccept;
    public static delegate* unmanaged[SuppressGCTransition]<nint, void> SslSetConnect;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint, void> SslSetInput;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint, void> SslSetOutput;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, void> SslSetShutdown;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint, int> SslSetExtra;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint> SslExtra;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint, nint> SslSetContext;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint, void> SslSetVerify;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint, nint, nint> SslControl;
    public static delegate* unmanaged[SuppressGCTransition]<nint, ulong, ulong> SslSetOptions;
    public static delegate* unmanaged[SuppressGCTransition]<nint, ulong, ulong> SslClearOptions;
    public static delegate* unmanaged[SuppressGCTransition]<nint, ulong> SslOptions;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> SessionUpRef;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, uint, int> SslSetAlpn;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint, int> SslSetSession;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> SslIsReused;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslPeer;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslPeerChain;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> SslClientRandom;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> SslServerRandom;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> SslFinished;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> SslPeerFinished;
    public static delegate* unmanaged[SuppressGCTransition]<nint, uint*, byte*> SessionId;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> SessionKey;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, int> SslSetHost;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> SslVersion;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*> SslVersionName;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslCipher;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*> CipherName;
    public static delegate* unmanaged[SuppressGCTransition]<nint, uint*, int> CipherBits;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte**, uint*, void> SslAlpn;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, byte*> SslServerName;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslVerifyResult;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslSession;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslSession1;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslCertificate;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslContext;
    public static delegate* unmanaged[SuppressGCTransition]<nint, uint, byte**, nuint*, int> SslHelloExtension;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte**, nuint> SslHelloCiphers;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> BioData;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, void> BioSetFlags;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, void> BioClearFlags;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, void> BioSetInit;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint, void> BioSetData;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> BioUpRef;
    public static delegate* unmanaged[SuppressGCTransition]<nuint> ErrorPeekLast;
    public static delegate* unmanaged[SuppressGCTransition]<nuint> ErrorPeek;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> VerifyDepth;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> VerifyError;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint> VerifyExtra;
    public static delegate* unmanaged[SuppressGCTransition]<int> VerifyExtraIndex;

    // What is used while contexts are made, or by few expressions.
    public static delegate* unmanaged<int, byte*> VersionText;
    public static delegate* unmanaged<nuint> VersionNumber;
    public static delegate* unmanaged<int, nint, nint, nint, nint, nint, int> ExtraIndex;
    public static delegate* unmanaged<int, byte*, nint> BioMethodNew;
    public static delegate* unmanaged<nint, nint, int> BioMethodSetWrite;
    public static delegate* unmanaged<nint, nint, int> BioMethodSetRead;
    public static delegate* unmanaged<nint, nint, int> BioMethodSetControl;
    public static delegate* unmanaged<nint, nint> BioNew;
    public static delegate* unmanaged<nint, int> BioFree;
    public static delegate* unmanaged<nint> BioMemoryMethod;
    public static delegate* unmanaged<nint, byte*, int, int> BioWrite;
    public static delegate* unmanaged<nint, byte*, int, int> BioRead;
    public static delegate* unmanaged<nint, int, nint, nint, nint> BioControl;
    public static delegate* unmanaged<nuint, byte*> ReasonText;
    public static delegate* unmanaged<nint, nint> ContextNew;
    public static delegate* unmanaged<nint, void> ContextFree;
    public static delegate* unmanaged<nint, int> ContextUpRef;
    public static delegate* unmanaged<nint> ServerMethod;
    public static delegate* unmanaged<nint> ClientMethod;
    public static delegate* unmanaged<nint, int, nint, nint, nint> ContextControl;
    public static delegate* unmanaged<nint, ulong, ulong> ContextSetOptions;
    public static delegate* unmanaged<nint, nint, int> ContextSetCertificate;
    public static delegate* unmanaged<nint, nint, int> ContextSetKey;
    public static delegate* unmanaged<nint, int> ContextCheckKey;
    public static delegate* unmanaged<nint, byte*, int> ContextSetCiphers;
    public static delegate* unmanaged<nint, byte*, int> ContextSetSuites;
    public static delegate* unmanaged<nint, nint, nint, void> ContextSetHello;
    public static delegate* unmanaged<nint, nint, nint, void> ContextSetAlpnChoice;
    public static delegate* unmanaged<nint, byte*, uint, int> ContextSetAlpn;
    public static delegate* unmanaged<nint, int, nint, void> ContextSetVerify;
    public static delegate* unmanaged<nint, int> ContextVerifyMode;
    public static delegate* unmanaged<nint, nint> ContextStore;
    public static delegate* unmanaged<nint, nint, void> ContextSetStore1;
    public static delegate* unmanaged<nint, nint, void> ContextSetStore;
    public static delegate* unmanaged<nint, byte*, uint, int> ContextSetSessionId;
    public static delegate* unmanaged<nint, nint, void> ContextSetNewSession;
    public static delegate* unmanaged<nint, nint, void> ContextSetGetSession;
    public static delegate* unmanaged<nint, nint, void> ContextSetRemoveSession;
    public static delegate* unmanaged<nint, nint, nint> ContextSetTimeout;
    public static delegate* unmanaged<nint, nint, int> ContextSetTicketKeys;
    public static delegate* unmanaged<nint, nint, void> ContextSetKeyLog;
    public static delegate* unmanaged<nint, nuint, int> ContextSetTickets;
    public static delegate* unmanaged<nint, nint> ContextParameters;
    public static delegate* unmanaged<nint, nint, int> ContextAddCa;
    public static delegate* unmanaged<nint, nint, int> ContextSetDh;
    public static delegate* unmanaged<nint, int, void> ContextSetSecurityLevel;
    public static delegate* unmanaged<nint, nint, nint, nint, nint> PemCertificate;
    public static delegate* unmanaged<nint, nint, nint, nint, nint> PemKey;
    public static delegate* unmanaged<nint, nint, nint> PemParameters;
    public static delegate* unmanaged<nint, nint, nint, nint, nint> PemRevocations;
    public static delegate* unmanaged<nint, void> CertificateFree;
    public static delegate* unmanaged<nint, int> CertificateUpRef;
    public static delegate* unmanaged<nint, nint> CertificateSubject;
    public static delegate* unmanaged<nint, nint> CertificateIssuer;
    public static delegate* unmanaged<nint, nint, int> CertificateIssued;
    public static delegate* unmanaged<nint, nint> CertificateKey;
    public static delegate* unmanaged<nint, int, uint*, uint*, nint> CertificateExtension;
    public static delegate* unmanaged<nint, nint, int> CertificateMatches;
    public static delegate* unmanaged<nint, nint> CertificateNotAfter;
    public static delegate* unmanaged<nint, nint> CertificateNotBefore;
    public static delegate* unmanaged<nint, nint> CertificateSerial;
    public static delegate* unmanaged<nint, nint> CertificateVersion;
    public static delegate* unmanaged<nint, int> CertificateSignature;
    public static delegate* unmanaged<nint, byte**, int> CertificateDer;
    public static delegate* unmanaged<nint, nint, byte*, uint*, int> CertificateHash;
    public static delegate* unmanaged<nint, byte**, int> NameDer;
    public static delegate* unmanaged<nint, void> KeyFree;
    public static delegate* unmanaged<nint, int> KeyUpRef;
    public static delegate* unmanaged<nint, int> KeyId;
    public static delegate* unmanaged<nint, int> KeyBits;
    public static delegate* unmanaged<nint, int> StackCount;
    public static delegate* unmanaged<nint, int, nint> StackValue;
    public static delegate* unmanaged<nint, void> StackFree;
    public static delegate* unmanaged<nint, nint, void> StackFreeAll;
    public static delegate* unmanaged<nint, void> NameFree;
    public static delegate* unmanaged<nint, uint*, nint> NameValue;
    public static delegate* unmanaged<nint, int, int, int> NameIndex;
    public static delegate* unmanaged<nint, int, nint> NameEntry;
    public static delegate* unmanaged<nint, int> NameCount;
    public static delegate* unmanaged<nint, nint> EntryData;
    public static delegate* unmanaged<nint, nint> EntryObject;
    public static delegate* unmanaged<nint, byte*> StringData;
    public static delegate* unmanaged<nint, int> StringLength;
    public static delegate* unmanaged<nint, int> StringType;
    public static delegate* unmanaged<nint, int> ObjectNid;
    public static delegate* unmanaged<int, byte*> NidShortName;
    public static delegate* unmanaged<int, byte*> NidLongName;
    public static delegate* unmanaged<nint, int> TimeCompare;
    public static delegate* unmanaged<nint> StoreNew;
    public static delegate* unmanaged<nint, void> StoreFree;
    public static delegate* unmanaged<nint, int> StoreUpRef;
    public static delegate* unmanaged<nint, nint, int> StoreAdd;
    public static delegate* unmanaged<nint, nint, int> StoreAddRevocation;
    public static delegate* unmanaged<nint, nuint, int> StoreSetFlags;
    public static delegate* unmanaged<nint, int> StoreSetDefaults;
    public static delegate* unmanaged<nint, void> RevocationFree;
    public static delegate* unmanaged<nint, byte*, nuint, int> ParametersSetHost;
    public static delegate* unmanaged<nint, byte*> VerifyErrorText;
    public static delegate* unmanaged<nint> Digest;
    public static delegate* unmanaged<nint> Digest1;
    public static delegate* unmanaged<nint> CipherAes128;
    public static delegate* unmanaged<nint> CipherAes256;
    public static delegate* unmanaged<nint, nint, nint, byte*, byte*, int> SealStart;
    public static delegate* unmanaged<nint, nint, nint, byte*, byte*, int> OpenStart;
    public static delegate* unmanaged<nint, nint, int> MacSet;
    public static delegate* unmanaged<byte*, int, int> RandomBytes;

    /// <summary>
    /// Where a connection's object of the library keeps the address of its <see cref="TlsState"/>.
    /// </summary>
    public static int StateIndex { get; set; }

    /// <summary>All functions were found.</summary>
    public static bool IsLoaded { get; private set; }

    /// <summary>Looks every function up. Null, or the symbol that the library lacks.</summary>
    public static string? Load(Func<string, nint> find)
    {
        string? missing = null;
        missing ??= LoadRecords(find);
        missing ??= LoadFields(find);
        missing ??= LoadSetup(find);
        missing ??= OpenSslObjects.Load(find);
        missing ??= OpenSslMaker.Load(find);
        missing ??= OpenSslOcsp.Load(find);
        IsLoaded = missing is null;
        return missing;
    }

    private static string? LoadRecords(Func<string, nint> find)
    {
        string? missing = null;
        SslNew = (delegate* unmanaged<nint, nint>)Find(find, "SSL_new", ref missing);
        SslFree = (delegate* unmanaged<nint, void>)Find(find, "SSL_free", ref missing);
        SslHandshake = (delegate* unmanaged<nint, int>)Find(find, "SSL_do_handshake", ref missing);
        SslRead = (delegate* unmanaged<nint, byte*, int, int>)Find(find, "SSL_read", ref missing);
        SslWrite = (delegate* unmanaged<nint, byte*, int, int>)Find(find, "SSL_write", ref missing);
        SslReadEarly =
            (delegate* unmanaged<nint, byte*, nuint, nuint*, int>)Find(find, "SSL_read_early_data", ref missing);
        SslWriteEarly =
            (delegate* unmanaged<nint, byte*, nuint, nuint*, int>)Find(find, "SSL_write_early_data", ref missing);
        SslSetEarlyMax = (delegate* unmanaged<nint, uint, int>)Find(find, "SSL_set_max_early_data", ref missing);
        SslShutdown = (delegate* unmanaged<nint, int>)Find(find, "SSL_shutdown", ref missing);
        ErrorsClear = (delegate* unmanaged<void>)Find(find, "ERR_clear_error", ref missing);
        ErrorText =
            (delegate* unmanaged<nuint, byte*, nuint, void>)Find(find, "ERR_error_string_n", ref missing);
        SessionFree = (delegate* unmanaged<nint, void>)Find(find, "SSL_SESSION_free", ref missing);
        return missing;
    }

    private static string? LoadFields(Func<string, nint> find)
    {
        string? missing = null;
        SslError =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, int>)Find(
                find, "SSL_get_error", ref missing);
        SslPending =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(find, "SSL_pending", ref missing);
        SslSetAccept =
            (delegate* unmanaged[SuppressGCTransition]<nint, void>)Find(
                find, "SSL_set_accept_state", ref missing);
        SslSetConnect =
            (delegate* unmanaged[SuppressGCTransition]<nint, void>)Find(
                find, "SSL_set_connect_state", ref missing);
        SslSetInput =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint, void>)Find(
                find, "SSL_set0_rbio", ref missing);
        SslSetOutput =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint, void>)Find(
                find, "SSL_set0_wbio", ref missing);
        SslSetShutdown =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, void>)Find(
                find, "SSL_set_shutdown", ref missing);
        SslSetExtra =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, nint, int>)Find(
                find, "SSL_set_ex_data", ref missing);
        SslExtra =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, nint>)Find(
                find, "SSL_get_ex_data", ref missing);
        SslSetContext =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint, nint>)Find(
                find, "SSL_set_SSL_CTX", ref missing);
        SslSetVerify =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, nint, void>)Find(
                find, "SSL_set_verify", ref missing);
        SslControl =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, nint, nint, nint>)Find(
                find, "SSL_ctrl", ref missing);
        SslSetOptions =
            (delegate* unmanaged[SuppressGCTransition]<nint, ulong, ulong>)Find(
                find, "SSL_set_options", ref missing);
        SslOptions = (delegate* unmanaged[SuppressGCTransition]<nint, ulong>)Find(find, "SSL_get_options", ref missing);
        SessionUpRef =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(find, "SSL_SESSION_up_ref", ref missing);
        SslClearOptions =
            (delegate* unmanaged[SuppressGCTransition]<nint, ulong, ulong>)Find(
                find, "SSL_clear_options", ref missing);
        SslSetAlpn =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, uint, int>)Find(
                find, "SSL_set_alpn_protos", ref missing);
        SslSetSession =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint, int>)Find(
                find, "SSL_set_session", ref missing);
        SslIsReused =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(
                find, "SSL_session_reused", ref missing);
        SslPeer =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get0_peer_certificate", ref missing);
        SslPeerChain =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get_peer_cert_chain", ref missing);
        SslClientRandom =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint>)Find(
                find, "SSL_get_client_random", ref missing);
        SslServerRandom =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint>)Find(
                find, "SSL_get_server_random", ref missing);
        SslFinished =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint>)Find(
                find, "SSL_get_finished", ref missing);
        SslPeerFinished =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint>)Find(
                find, "SSL_get_peer_finished", ref missing);
        SessionId =
            (delegate* unmanaged[SuppressGCTransition]<nint, uint*, byte*>)Find(
                find, "SSL_SESSION_get_id", ref missing);
        SessionKey =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint>)Find(
                find, "SSL_SESSION_get_master_key", ref missing);
        SslSetHost =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*, int>)Find(
                find, "SSL_set1_host", ref missing);
        SslVersion =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(find, "SSL_version", ref missing);
        SslVersionName =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*>)Find(
                find, "SSL_get_version", ref missing);
        SslCipher =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get_current_cipher", ref missing);
        CipherName =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte*>)Find(
                find, "SSL_CIPHER_get_name", ref missing);
        CipherBits =
            (delegate* unmanaged[SuppressGCTransition]<nint, uint*, int>)Find(
                find, "SSL_CIPHER_get_bits", ref missing);
        SslAlpn =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte**, uint*, void>)Find(
                find, "SSL_get0_alpn_selected", ref missing);
        SslServerName =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, byte*>)Find(
                find, "SSL_get_servername", ref missing);
        SslVerifyResult =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get_verify_result", ref missing);
        SslSession =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(find, "SSL_get_session", ref missing);
        SslSession1 =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get1_session", ref missing);
        SslCertificate =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(
                find, "SSL_get_certificate", ref missing);
        SslContext =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(find, "SSL_get_SSL_CTX", ref missing);
        SslHelloExtension =
            (delegate* unmanaged[SuppressGCTransition]<nint, uint, byte**, nuint*, int>)Find(
                find, "SSL_client_hello_get0_ext", ref missing);
        SslHelloCiphers =
            (delegate* unmanaged[SuppressGCTransition]<nint, byte**, nuint>)Find(
                find, "SSL_client_hello_get0_ciphers", ref missing);
        BioData =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Find(find, "BIO_get_data", ref missing);
        BioSetFlags =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, void>)Find(
                find, "BIO_set_flags", ref missing);
        BioClearFlags =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, void>)Find(
                find, "BIO_clear_flags", ref missing);
        BioSetInit =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, void>)Find(
                find, "BIO_set_init", ref missing);
        BioSetData =
            (delegate* unmanaged[SuppressGCTransition]<nint, nint, void>)Find(
                find, "BIO_set_data", ref missing);
        BioUpRef =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(find, "BIO_up_ref", ref missing);
        ErrorPeekLast =
            (delegate* unmanaged[SuppressGCTransition]<nuint>)Find(find, "ERR_peek_last_error", ref missing);
        ErrorPeek =
            (delegate* unmanaged[SuppressGCTransition]<nuint>)Find(find, "ERR_peek_error", ref missing);
        VerifyDepth =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(
                find, "X509_STORE_CTX_get_error_depth", ref missing);
        VerifyError =
            (delegate* unmanaged[SuppressGCTransition]<nint, int>)Find(
                find, "X509_STORE_CTX_get_error", ref missing);
        VerifyExtra =
            (delegate* unmanaged[SuppressGCTransition]<nint, int, nint>)Find(
                find, "X509_STORE_CTX_get_ex_data", ref missing);
        VerifyExtraIndex =
            (delegate* unmanaged[SuppressGCTransition]<int>)Find(
                find, "SSL_get_ex_data_X509_STORE_CTX_idx", ref missing);
        return missing;
    }

    private static string? LoadSetup(Func<string, nint> find)
    {
        string? missing = null;
        VersionText = (delegate* unmanaged<int, byte*>)Find(find, "OpenSSL_version", ref missing);
        VersionNumber = (delegate* unmanaged<nuint>)Find(find, "OpenSSL_version_num", ref missing);
        ExtraIndex =
            (delegate* unmanaged<int, nint, nint, nint, nint, nint, int>)Find(
                find, "CRYPTO_get_ex_new_index", ref missing);
        BioMethodNew = (delegate* unmanaged<int, byte*, nint>)Find(find, "BIO_meth_new", ref missing);
        BioMethodSetWrite =
            (delegate* unmanaged<nint, nint, int>)Find(find, "BIO_meth_set_write", ref missing);
        BioMethodSetRead = (delegate* unmanaged<nint, nint, int>)Find(find, "BIO_meth_set_read", ref missing);
        BioMethodSetControl =
            (delegate* unmanaged<nint, nint, int>)Find(find, "BIO_meth_set_ctrl", ref missing);
        BioNew = (delegate* unmanaged<nint, nint>)Find(find, "BIO_new", ref missing);
        BioFree = (delegate* unmanaged<nint, int>)Find(find, "BIO_free", ref missing);
        BioMemoryMethod = (delegate* unmanaged<nint>)Find(find, "BIO_s_mem", ref missing);
        BioWrite = (delegate* unmanaged<nint, byte*, int, int>)Find(find, "BIO_write", ref missing);
        BioRead = (delegate* unmanaged<nint, byte*, int, int>)Find(find, "BIO_read", ref missing);
        BioControl = (delegate* unmanaged<nint, int, nint, nint, nint>)Find(find, "BIO_ctrl", ref missing);
        ReasonText = (delegate* unmanaged<nuint, byte*>)Find(find, "ERR_reason_error_string", ref missing);
        ContextNew = (delegate* unmanaged<nint, nint>)Find(find, "SSL_CTX_new", ref missing);
        ContextFree = (delegate* unmanaged<nint, void>)Find(find, "SSL_CTX_free", ref missing);
        ContextUpRef = (delegate* unmanaged<nint, int>)Find(find, "SSL_CTX_up_ref", ref missing);
        ServerMethod = (delegate* unmanaged<nint>)Find(find, "TLS_server_method", ref missing);
        ClientMethod = (delegate* unmanaged<nint>)Find(find, "TLS_client_method", ref missing);
        ContextControl =
            (delegate* unmanaged<nint, int, nint, nint, nint>)Find(find, "SSL_CTX_ctrl", ref missing);
        ContextSetOptions =
            (delegate* unmanaged<nint, ulong, ulong>)Find(find, "SSL_CTX_set_options", ref missing);
        ContextSetCertificate =
            (delegate* unmanaged<nint, nint, int>)Find(find, "SSL_CTX_use_certificate", ref missing);
        ContextSetKey =
            (delegate* unmanaged<nint, nint, int>)Find(find, "SSL_CTX_use_PrivateKey", ref missing);
        ContextCheckKey =
            (delegate* unmanaged<nint, int>)Find(find, "SSL_CTX_check_private_key", ref missing);
        ContextSetCiphers =
            (delegate* unmanaged<nint, byte*, int>)Find(find, "SSL_CTX_set_cipher_list", ref missing);
        ContextSetSuites =
            (delegate* unmanaged<nint, byte*, int>)Find(find, "SSL_CTX_set_ciphersuites", ref missing);
        ContextSetHello =
            (delegate* unmanaged<nint, nint, nint, void>)Find(
                find, "SSL_CTX_set_client_hello_cb", ref missing);
        ContextSetAlpnChoice =
            (delegate* unmanaged<nint, nint, nint, void>)Find(
                find, "SSL_CTX_set_alpn_select_cb", ref missing);
        ContextSetAlpn =
            (delegate* unmanaged<nint, byte*, uint, int>)Find(find, "SSL_CTX_set_alpn_protos", ref missing);
        ContextSetVerify =
            (delegate* unmanaged<nint, int, nint, void>)Find(find, "SSL_CTX_set_verify", ref missing);
        ContextVerifyMode =
            (delegate* unmanaged<nint, int>)Find(find, "SSL_CTX_get_verify_mode", ref missing);
        ContextStore = (delegate* unmanaged<nint, nint>)Find(find, "SSL_CTX_get_cert_store", ref missing);
        ContextSetStore1 =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_set1_cert_store", ref missing);
        ContextSetStore =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_set_cert_store", ref missing);
        ContextSetSessionId =
            (delegate* unmanaged<nint, byte*, uint, int>)Find(
                find, "SSL_CTX_set_session_id_context", ref missing);
        ContextSetGetSession =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_sess_set_get_cb", ref missing);
        ContextSetRemoveSession =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_sess_set_remove_cb", ref missing);
        ContextSetNewSession =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_sess_set_new_cb", ref missing);
        ContextSetTimeout =
            (delegate* unmanaged<nint, nint, nint>)Find(find, "SSL_CTX_set_timeout", ref missing);
        ContextSetTicketKeys =
            (delegate* unmanaged<nint, nint, int>)Find(
                find, "SSL_CTX_set_tlsext_ticket_key_evp_cb", ref missing);
        ContextSetKeyLog =
            (delegate* unmanaged<nint, nint, void>)Find(find, "SSL_CTX_set_keylog_callback", ref missing);
        ContextSetTickets =
            (delegate* unmanaged<nint, nuint, int>)Find(find, "SSL_CTX_set_num_tickets", ref missing);
        ContextParameters = (delegate* unmanaged<nint, nint>)Find(find, "SSL_CTX_get0_param", ref missing);
        ContextAddCa = (delegate* unmanaged<nint, nint, int>)Find(find, "SSL_CTX_add_client_CA", ref missing);
        ContextSetDh =
            (delegate* unmanaged<nint, nint, int>)Find(find, "SSL_CTX_set0_tmp_dh_pkey", ref missing);
        ContextSetSecurityLevel =
            (delegate* unmanaged<nint, int, void>)Find(find, "SSL_CTX_set_security_level", ref missing);
        PemCertificate =
            (delegate* unmanaged<nint, nint, nint, nint, nint>)Find(
                find, "PEM_read_bio_X509_AUX", ref missing);
        PemKey =
            (delegate* unmanaged<nint, nint, nint, nint, nint>)Find(
                find, "PEM_read_bio_PrivateKey", ref missing);
        PemParameters =
            (delegate* unmanaged<nint, nint, nint>)Find(find, "PEM_read_bio_Parameters", ref missing);
        PemRevocations =
            (delegate* unmanaged<nint, nint, nint, nint, nint>)Find(
                find, "PEM_read_bio_X509_CRL", ref missing);
        CertificateFree = (delegate* unmanaged<nint, void>)Find(find, "X509_free", ref missing);
        CertificateUpRef = (delegate* unmanaged<nint, int>)Find(find, "X509_up_ref", ref missing);
        CertificateSubject =
            (delegate* unmanaged<nint, nint>)Find(find, "X509_get_subject_name", ref missing);
        CertificateIssuer = (delegate* unmanaged<nint, nint>)Find(find, "X509_get_issuer_name", ref missing);
        CertificateIssued =
            (delegate* unmanaged<nint, nint, int>)Find(find, "X509_check_issued", ref missing);
        CertificateKey = (delegate* unmanaged<nint, nint>)Find(find, "X509_get0_pubkey", ref missing);
        CertificateExtension =
            (delegate* unmanaged<nint, int, uint*, uint*, nint>)Find(find, "X509_get_ext_d2i", ref missing);
        CertificateMatches =
            (delegate* unmanaged<nint, nint, int>)Find(find, "X509_check_private_key", ref missing);
        CertificateNotAfter = (delegate* unmanaged<nint, nint>)Find(find, "X509_get0_notAfter", ref missing);
        CertificateNotBefore =
            (delegate* unmanaged<nint, nint>)Find(find, "X509_get0_notBefore", ref missing);
        CertificateSerial =
            (delegate* unmanaged<nint, nint>)Find(find, "X509_get0_serialNumber", ref missing);
        CertificateVersion = (delegate* unmanaged<nint, nint>)Find(find, "X509_get_version", ref missing);
        CertificateSignature =
            (delegate* unmanaged<nint, int>)Find(find, "X509_get_signature_nid", ref missing);
        CertificateDer = (delegate* unmanaged<nint, byte**, int>)Find(find, "i2d_X509", ref missing);
        CertificateHash =
            (delegate* unmanaged<nint, nint, byte*, uint*, int>)Find(find, "X509_digest", ref missing);
        NameDer = (delegate* unmanaged<nint, byte**, int>)Find(find, "i2d_X509_NAME", ref missing);
        KeyFree = (delegate* unmanaged<nint, void>)Find(find, "EVP_PKEY_free", ref missing);
        KeyUpRef = (delegate* unmanaged<nint, int>)Find(find, "EVP_PKEY_up_ref", ref missing);
        KeyId = (delegate* unmanaged<nint, int>)Find(find, "EVP_PKEY_get_base_id", ref missing);
        KeyBits = (delegate* unmanaged<nint, int>)Find(find, "EVP_PKEY_get_bits", ref missing);
        StackCount = (delegate* unmanaged<nint, int>)Find(find, "OPENSSL_sk_num", ref missing);
        StackValue = (delegate* unmanaged<nint, int, nint>)Find(find, "OPENSSL_sk_value", ref missing);
        StackFree = (delegate* unmanaged<nint, void>)Find(find, "OPENSSL_sk_free", ref missing);
        StackFreeAll = (delegate* unmanaged<nint, nint, void>)Find(find, "OPENSSL_sk_pop_free", ref missing);
        NameFree = (delegate* unmanaged<nint, void>)Find(find, "GENERAL_NAMES_free", ref missing);
        NameValue =
            (delegate* unmanaged<nint, uint*, nint>)Find(find, "GENERAL_NAME_get0_value", ref missing);
        NameIndex =
            (delegate* unmanaged<nint, int, int, int>)Find(find, "X509_NAME_get_index_by_NID", ref missing);
        NameEntry = (delegate* unmanaged<nint, int, nint>)Find(find, "X509_NAME_get_entry", ref missing);
        NameCount = (delegate* unmanaged<nint, int>)Find(find, "X509_NAME_entry_count", ref missing);
        EntryData = (delegate* unmanaged<nint, nint>)Find(find, "X509_NAME_ENTRY_get_data", ref missing);
        EntryObject = (delegate* unmanaged<nint, nint>)Find(find, "X509_NAME_ENTRY_get_object", ref missing);
        StringData = (delegate* unmanaged<nint, byte*>)Find(find, "ASN1_STRING_get0_data", ref missing);
        StringLength = (delegate* unmanaged<nint, int>)Find(find, "ASN1_STRING_length", ref missing);
        StringType = (delegate* unmanaged<nint, int>)Find(find, "ASN1_STRING_type", ref missing);
        ObjectNid = (delegate* unmanaged<nint, int>)Find(find, "OBJ_obj2nid", ref missing);
        NidShortName = (delegate* unmanaged<int, byte*>)Find(find, "OBJ_nid2sn", ref missing);
        NidLongName = (delegate* unmanaged<int, byte*>)Find(find, "OBJ_nid2ln", ref missing);
        TimeCompare = (delegate* unmanaged<nint, int>)Find(find, "X509_cmp_current_time", ref missing);
        StoreNew = (delegate* unmanaged<nint>)Find(find, "X509_STORE_new", ref missing);
        StoreFree = (delegate* unmanaged<nint, void>)Find(find, "X509_STORE_free", ref missing);
        StoreUpRef = (delegate* unmanaged<nint, int>)Find(find, "X509_STORE_up_ref", ref missing);
        StoreAdd = (delegate* unmanaged<nint, nint, int>)Find(find, "X509_STORE_add_cert", ref missing);
        StoreAddRevocation =
            (delegate* unmanaged<nint, nint, int>)Find(find, "X509_STORE_add_crl", ref missing);
        StoreSetFlags =
            (delegate* unmanaged<nint, nuint, int>)Find(find, "X509_STORE_set_flags", ref missing);
        StoreSetDefaults =
            (delegate* unmanaged<nint, int>)Find(find, "X509_STORE_set_default_paths", ref missing);
        RevocationFree = (delegate* unmanaged<nint, void>)Find(find, "X509_CRL_free", ref missing);
        ParametersSetHost =
            (delegate* unmanaged<nint, byte*, nuint, int>)Find(
                find, "X509_VERIFY_PARAM_set1_host", ref missing);
        VerifyErrorText =
            (delegate* unmanaged<nint, byte*>)Find(find, "X509_verify_cert_error_string", ref missing);
        Digest = (delegate* unmanaged<nint>)Find(find, "EVP_sha256", ref missing);
        Digest1 = (delegate* unmanaged<nint>)Find(find, "EVP_sha1", ref missing);
        CipherAes128 = (delegate* unmanaged<nint>)Find(find, "EVP_aes_128_cbc", ref missing);
        CipherAes256 = (delegate* unmanaged<nint>)Find(find, "EVP_aes_256_cbc", ref missing);
        SealStart =
            (delegate* unmanaged<nint, nint, nint, byte*, byte*, int>)Find(
                find, "EVP_EncryptInit_ex", ref missing);
        OpenStart =
            (delegate* unmanaged<nint, nint, nint, byte*, byte*, int>)Find(
                find, "EVP_DecryptInit_ex", ref missing);
        MacSet = (delegate* unmanaged<nint, nint, int>)Find(find, "EVP_MAC_CTX_set_params", ref missing);
        RandomBytes = (delegate* unmanaged<byte*, int, int>)Find(find, "RAND_bytes", ref missing);
        return missing;
    }

    private static nint Find(Func<string, nint> find, string symbol, ref string? missing)
    {
        nint address = find(symbol);
        if (address == 0) missing ??= symbol;
        return address;
    }
}
