using System;

namespace Engine.Data.Tls;

/// <summary>
/// Functions of OpenSSL 3 that look into certificates, lists and OCSP responses, and that few lines of a
/// configuration need. Found with those of <see cref="OpenSsl"/>.
/// </summary>
public static unsafe class OpenSslObjects
{
    public static delegate* unmanaged<nint, nint, nint, int> ProviderEach;
    public static delegate* unmanaged<nint, byte*> ProviderName;
    public static delegate* unmanaged<int*, int*, nint, nint, int> TimeDifference;
    public static delegate* unmanaged<nint, nint, int> PrintTime;
    public static delegate* unmanaged<nint, nint, int> PrintName;
    public static delegate* unmanaged<nint, byte*, int, byte*> NameLine;
    public static delegate* unmanaged<nint, nint, int> WriteCertificate;
    public static delegate* unmanaged<nint, nint, nint, byte*, int, nint, nint, int> WriteKey;
    public static delegate* unmanaged<nint, nint> RevocationVersion;
    public static delegate* unmanaged<nint, nint> RevocationIssuer;
    public static delegate* unmanaged<nint, nint> RevocationLast;
    public static delegate* unmanaged<nint, nint> RevocationNext;
    public static delegate* unmanaged<nint, nint> RevocationEntries;
    public static delegate* unmanaged<nint, int> RevocationSignature;
    public static delegate* unmanaged<nint, nint> RevokedSerial;
    public static delegate* unmanaged<nint, nint> RevokedDate;
    public static delegate* unmanaged<nint, nint> RevokedExtensions;
    public static delegate* unmanaged<nint, byte*, nint, nuint, int, int> PrintExtensions;
    public static delegate* unmanaged<nint, int> RevocationUpRef;
    public static delegate* unmanaged<nint, byte*, nint> ProviderLoad;
    public static delegate* unmanaged<nint, byte*, int> ProviderPath;
    public static delegate* unmanaged<nint, byte*, int> SetProperties;
    public static delegate* unmanaged<nint, int> IsFips;
    public static delegate* unmanaged<nint, byte**, nint, nint> ReadResponse;
    public static delegate* unmanaged<nint, void> ResponseFree;
    public static delegate* unmanaged<nint, int> ResponseStatus;
    public static delegate* unmanaged<nint, nint> ResponseBasic;
    public static delegate* unmanaged<nint, void> BasicFree;
    public static delegate* unmanaged<nint, int> BasicCount;
    public static delegate* unmanaged<nint, int, nint> BasicSingle;
    public static delegate* unmanaged<nint, nint> SingleIdentifier;
    public static delegate* unmanaged<nint, int*, nint*, nint*, nint*, int> SingleStatus;
    public static delegate* unmanaged<nint, nint, nint, nint, int> CheckValidity;
    public static delegate* unmanaged<nint, nint, nint, nint> IdentifierOf;
    public static delegate* unmanaged<nint, byte**, int> IdentifierDer;
    public static delegate* unmanaged<nint, void> IdentifierFree;
    public static delegate* unmanaged<nint, nint, nuint, int> PrintResponse;
    public static delegate* unmanaged<nint*, nint*, nint*, nint*, nint, int> IdentifierParts;
    public static delegate* unmanaged<nuint, byte*, int, nint> Allocate;
    public static delegate* unmanaged<nint, int, nint, nint> ContextCallback;
    public static delegate* unmanaged<nint, uint, uint, nint, nint, nint, nint, nint, int> ContextAddExtension;
    public static delegate* unmanaged<nint, byte*, byte*, nint> KeyMakerNew;
    public static delegate* unmanaged<nint, int> KeyMakerStart;
    public static delegate* unmanaged<nint, byte*, int> KeyMakerGroup;
    public static delegate* unmanaged<nint, nint*, int> KeyMakerRun;
    public static delegate* unmanaged<nint, void> KeyMakerFree;
    public static delegate* unmanaged<int, nint, nint, nint, nint, nint, nint, int> ExtraIndex;
    public static delegate* unmanaged<nint, int, nint, int> ContextSetExtra;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int, nint> ContextExtra;

    public static delegate* unmanaged<nint, nint, void> ContextSetMessage;
    public static delegate* unmanaged<nint, long*, int> TimeCompareTo;
    public static delegate* unmanaged<nint, nint, void> ContextSetInformation;
    public static delegate* unmanaged<nint, nint, void> ContextSetKeyLog;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> SslStateNumber;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslInput;

    // NPN: libraries may be built without it, and null these are then.
    public static delegate* unmanaged<nint, nint, nint, void> ContextSetNextOffered;
    public static delegate* unmanaged<nint, nint, nint, void> ContextSetNextChoice;
    public static delegate* unmanaged<byte**, byte*, byte*, uint, byte*, uint, int> SelectNext;
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte**, uint*, void> SslNextProtocol;

    public static delegate* unmanaged<nint, byte*, nint> CipherFind;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslVerifiedChain;
    public static delegate* unmanaged<byte*, int, nint, int, int> ObjectText;
    public static delegate* unmanaged<nint, void> PoliciesFree;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> VerifiedCertificate;
    public static delegate* unmanaged[SuppressGCTransition]<nint, int> CipherAuthentication;
    public static delegate* unmanaged[SuppressGCTransition]<nint, nint> SslCiphers;
    public static delegate* unmanaged<nint, nint, int> StackFind;

    /// <summary>Where a context keeps the handle of its <see cref="TlsIdentity"/>.</summary>
    public static int IdentityIndex { get; set; }

    /// <summary>Looks every function up. Null, or the symbol that the library lacks.</summary>
    internal static string? Load(Func<string, nint> find)
    {
        string? missing = null;
        nint Of(string symbol)
        {
            nint address = find(symbol);
            if (address == 0) missing ??= symbol;
            return address;
        }

        ProviderEach = (delegate* unmanaged<nint, nint, nint, int>)Of("OSSL_PROVIDER_do_all");
        ProviderName = (delegate* unmanaged<nint, byte*>)Of("OSSL_PROVIDER_get0_name");
        ProviderLoad = (delegate* unmanaged<nint, byte*, nint>)Of("OSSL_PROVIDER_load");
        ProviderPath = (delegate* unmanaged<nint, byte*, int>)Of("OSSL_PROVIDER_set_default_search_path");
        SetProperties = (delegate* unmanaged<nint, byte*, int>)Of("EVP_set_default_properties");
        IsFips = (delegate* unmanaged<nint, int>)Of("EVP_default_properties_is_fips_enabled");
        TimeDifference = (delegate* unmanaged<int*, int*, nint, nint, int>)Of("ASN1_TIME_diff");
        PrintTime = (delegate* unmanaged<nint, nint, int>)Of("ASN1_TIME_print");
        PrintName = (delegate* unmanaged<nint, nint, int>)Of("GENERAL_NAME_print");
        NameLine = (delegate* unmanaged<nint, byte*, int, byte*>)Of("X509_NAME_oneline");
        WriteCertificate = (delegate* unmanaged<nint, nint, int>)Of("PEM_write_bio_X509");
        WriteKey = (delegate* unmanaged<nint, nint, nint, byte*, int, nint, nint, int>)Of("PEM_write_bio_PrivateKey");
        RevocationVersion = (delegate* unmanaged<nint, nint>)Of("X509_CRL_get_version");
        RevocationIssuer = (delegate* unmanaged<nint, nint>)Of("X509_CRL_get_issuer");
        RevocationLast = (delegate* unmanaged<nint, nint>)Of("X509_CRL_get0_lastUpdate");
        RevocationNext = (delegate* unmanaged<nint, nint>)Of("X509_CRL_get0_nextUpdate");
        RevocationEntries = (delegate* unmanaged<nint, nint>)Of("X509_CRL_get_REVOKED");
        RevocationSignature = (delegate* unmanaged<nint, int>)Of("X509_CRL_get_signature_nid");
        RevokedSerial = (delegate* unmanaged<nint, nint>)Of("X509_REVOKED_get0_serialNumber");
        RevokedDate = (delegate* unmanaged<nint, nint>)Of("X509_REVOKED_get0_revocationDate");
        RevokedExtensions = (delegate* unmanaged<nint, nint>)Of("X509_REVOKED_get0_extensions");
        PrintExtensions = (delegate* unmanaged<nint, byte*, nint, nuint, int, int>)Of("X509V3_extensions_print");
        RevocationUpRef = (delegate* unmanaged<nint, int>)Of("X509_CRL_up_ref");
        ReadResponse = (delegate* unmanaged<nint, byte**, nint, nint>)Of("d2i_OCSP_RESPONSE");
        ResponseFree = (delegate* unmanaged<nint, void>)Of("OCSP_RESPONSE_free");
        ResponseStatus = (delegate* unmanaged<nint, int>)Of("OCSP_response_status");
        ResponseBasic = (delegate* unmanaged<nint, nint>)Of("OCSP_response_get1_basic");
        BasicFree = (delegate* unmanaged<nint, void>)Of("OCSP_BASICRESP_free");
        BasicCount = (delegate* unmanaged<nint, int>)Of("OCSP_resp_count");
        BasicSingle = (delegate* unmanaged<nint, int, nint>)Of("OCSP_resp_get0");
        SingleIdentifier = (delegate* unmanaged<nint, nint>)Of("OCSP_SINGLERESP_get0_id");
        SingleStatus = (delegate* unmanaged<nint, int*, nint*, nint*, nint*, int>)Of("OCSP_single_get0_status");
        CheckValidity = (delegate* unmanaged<nint, nint, nint, nint, int>)Of("OCSP_check_validity");
        IdentifierOf = (delegate* unmanaged<nint, nint, nint, nint>)Of("OCSP_cert_to_id");
        IdentifierDer = (delegate* unmanaged<nint, byte**, int>)Of("i2d_OCSP_CERTID");
        IdentifierFree = (delegate* unmanaged<nint, void>)Of("OCSP_CERTID_free");
        PrintResponse = (delegate* unmanaged<nint, nint, nuint, int>)Of("OCSP_RESPONSE_print");
        IdentifierParts = (delegate* unmanaged<nint*, nint*, nint*, nint*, nint, int>)Of("OCSP_id_get0_info");
        Allocate = (delegate* unmanaged<nuint, byte*, int, nint>)Of("CRYPTO_malloc");
        ContextCallback = (delegate* unmanaged<nint, int, nint, nint>)Of("SSL_CTX_callback_ctrl");
        ContextAddExtension =
            (delegate* unmanaged<nint, uint, uint, nint, nint, nint, nint, nint, int>)Of("SSL_CTX_add_custom_ext");
        KeyMakerNew = (delegate* unmanaged<nint, byte*, byte*, nint>)Of("EVP_PKEY_CTX_new_from_name");
        KeyMakerStart = (delegate* unmanaged<nint, int>)Of("EVP_PKEY_paramgen_init");
        KeyMakerGroup = (delegate* unmanaged<nint, byte*, int>)Of("EVP_PKEY_CTX_set_group_name");
        KeyMakerRun = (delegate* unmanaged<nint, nint*, int>)Of("EVP_PKEY_paramgen");
        KeyMakerFree = (delegate* unmanaged<nint, void>)Of("EVP_PKEY_CTX_free");
        ExtraIndex = (delegate* unmanaged<int, nint, nint, nint, nint, nint, nint, int>)Of("CRYPTO_get_ex_new_index");
        ContextSetExtra = (delegate* unmanaged<nint, int, nint, int>)Of("SSL_CTX_set_ex_data");
        ContextExtra = (delegate* unmanaged[SuppressGCTransition]<nint, int, nint>)Of("SSL_CTX_get_ex_data");
        ContextSetMessage = (delegate* unmanaged<nint, nint, void>)Of("SSL_CTX_set_msg_callback");
        TimeCompareTo = (delegate* unmanaged<nint, long*, int>)Of("X509_cmp_time");
        ContextSetInformation = (delegate* unmanaged<nint, nint, void>)Of("SSL_CTX_set_info_callback");
        ContextSetKeyLog = (delegate* unmanaged<nint, nint, void>)Of("SSL_CTX_set_keylog_callback");
        SslStateNumber = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Of("SSL_get_state");
        SslInput = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Of("SSL_get_rbio");
        ContextSetNextOffered = (delegate* unmanaged<nint, nint, nint, void>)find("SSL_CTX_set_next_protos_advertised_cb");
        ContextSetNextChoice = (delegate* unmanaged<nint, nint, nint, void>)find("SSL_CTX_set_next_proto_select_cb");
        SelectNext = (delegate* unmanaged<byte**, byte*, byte*, uint, byte*, uint, int>)find("SSL_select_next_proto");
        SslNextProtocol = (delegate* unmanaged[SuppressGCTransition]<nint, byte**, uint*, void>)find(
            "SSL_get0_next_proto_negotiated");
        CipherFind = (delegate* unmanaged<nint, byte*, nint>)Of("SSL_CIPHER_find");
        CipherAuthentication = (delegate* unmanaged[SuppressGCTransition]<nint, int>)Of("SSL_CIPHER_get_auth_nid");
        SslCiphers = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Of("SSL_get_ciphers");
        StackFind = (delegate* unmanaged<nint, nint, int>)Of("OPENSSL_sk_find");
        VerifiedCertificate = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Of("X509_STORE_CTX_get0_cert");
        SslVerifiedChain = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)Of("SSL_get0_verified_chain");
        ObjectText = (delegate* unmanaged<byte*, int, nint, int, int>)Of("OBJ_obj2txt");
        PoliciesFree = (delegate* unmanaged<nint, void>)Of("CERTIFICATEPOLICIES_free");
        return missing;
    }
}
