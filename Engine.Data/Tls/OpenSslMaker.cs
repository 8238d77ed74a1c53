using System;

namespace Engine.Data.Tls;

/// <summary>
/// Functions of OpenSSL 3 that make and sign certificates (<c>generate-certificates</c>). Found with those of
/// <see cref="OpenSsl"/>.
/// </summary>
public static unsafe class OpenSslMaker
{
    /// <summary>Room for an X509V3_CTX, which callers provide, bytes; the library's has 64.</summary>
    public const int ExtensionScopeSize = 128;

    public static delegate* unmanaged<nint> CertificateNew;
    public static delegate* unmanaged<nint, nint, int> CertificateSetVersion;
    public static delegate* unmanaged<nint, nint, int> CertificateSetKey;
    public static delegate* unmanaged<nint, nint, int> CertificateSetIssuer;
    public static delegate* unmanaged<nint, nint, int> CertificateSetSubject;
    public static delegate* unmanaged<nint, nint> CertificateBegin;
    public static delegate* unmanaged<nint, nint> CertificateEnd;
    public static delegate* unmanaged<nint, nint, int, int> CertificateAddExtension;
    public static delegate* unmanaged<nint, nint, nint, int> CertificateSign;
    public static delegate* unmanaged<nint, nint, nint> TimeFromNow;
    public static delegate* unmanaged<nint, ulong, int> NumberSet;
    public static delegate* unmanaged<nint, nint> NameCopy;
    public static delegate* unmanaged<nint, void> NameFree;
    public static delegate* unmanaged<nint, byte*, int, byte*, int, int, int, int> NameAdd;
    public static delegate* unmanaged<nint, nint, nint, nint, nint, int, void> ExtensionScope;
    public static delegate* unmanaged<nint, nint, byte*, byte*, nint> ExtensionMake;
    public static delegate* unmanaged<nint, void> ExtensionFree;
    public static delegate* unmanaged<nint> StackNew;
    public static delegate* unmanaged<nint, nint, int> StackPush;
    public static delegate* unmanaged<nint, nint> SslKey;
    public static delegate* unmanaged<nint, nint, nint, nint, int, int> SslSetCertificate;
    public static delegate* unmanaged<nint, byte*, uint, int> SslSetSessionScope;

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

        CertificateNew = (delegate* unmanaged<nint>)Of("X509_new");
        CertificateSetVersion = (delegate* unmanaged<nint, nint, int>)Of("X509_set_version");
        CertificateSetKey = (delegate* unmanaged<nint, nint, int>)Of("X509_set_pubkey");
        CertificateSetIssuer = (delegate* unmanaged<nint, nint, int>)Of("X509_set_issuer_name");
        CertificateSetSubject = (delegate* unmanaged<nint, nint, int>)Of("X509_set_subject_name");
        CertificateBegin = (delegate* unmanaged<nint, nint>)Of("X509_getm_notBefore");
        CertificateEnd = (delegate* unmanaged<nint, nint>)Of("X509_getm_notAfter");
        CertificateAddExtension = (delegate* unmanaged<nint, nint, int, int>)Of("X509_add_ext");
        CertificateSign = (delegate* unmanaged<nint, nint, nint, int>)Of("X509_sign");
        TimeFromNow = (delegate* unmanaged<nint, nint, nint>)Of("X509_gmtime_adj");
        NumberSet = (delegate* unmanaged<nint, ulong, int>)Of("ASN1_INTEGER_set_uint64");
        NameCopy = (delegate* unmanaged<nint, nint>)Of("X509_NAME_dup");
        NameFree = (delegate* unmanaged<nint, void>)Of("X509_NAME_free");
        NameAdd = (delegate* unmanaged<nint, byte*, int, byte*, int, int, int, int>)Of("X509_NAME_add_entry_by_txt");
        ExtensionScope = (delegate* unmanaged<nint, nint, nint, nint, nint, int, void>)Of("X509V3_set_ctx");
        ExtensionMake = (delegate* unmanaged<nint, nint, byte*, byte*, nint>)Of("X509V3_EXT_nconf");
        ExtensionFree = (delegate* unmanaged<nint, void>)Of("X509_EXTENSION_free");
        StackNew = (delegate* unmanaged<nint>)Of("OPENSSL_sk_new_null");
        StackPush = (delegate* unmanaged<nint, nint, int>)Of("OPENSSL_sk_push");
        SslKey = (delegate* unmanaged<nint, nint>)Of("SSL_get_privatekey");
        SslSetCertificate = (delegate* unmanaged<nint, nint, nint, nint, int, int>)Of("SSL_use_cert_and_key");
        SslSetSessionScope = (delegate* unmanaged<nint, byte*, uint, int>)Of("SSL_set_session_id_context");
        return missing;
    }
}
