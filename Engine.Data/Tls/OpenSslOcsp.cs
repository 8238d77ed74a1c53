using System;

namespace Engine.Data.Tls;

/// <summary>
/// Functions of OpenSSL 3 that ask responders about certificates and verify their answers (<c>ocsp-update</c>). Found with
/// those of <see cref="OpenSsl"/>.
/// </summary>
public static unsafe class OpenSslOcsp
{
    public static delegate* unmanaged<nint, nint> ResponderAddresses;
    public static delegate* unmanaged<nint, void> AddressesFree;
    public static delegate* unmanaged<nint, byte**, nint, nint> ReadIdentifier;
    public static delegate* unmanaged<nint> RequestNew;
    public static delegate* unmanaged<nint, void> RequestFree;
    public static delegate* unmanaged<nint, nint, nint> RequestAdd;
    public static delegate* unmanaged<nint, byte**, int> RequestDer;
    public static delegate* unmanaged<nint, nint, nint, nuint, int> BasicVerify;
    public static delegate* unmanaged<nint, byte*> StatusText;

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

        ResponderAddresses = (delegate* unmanaged<nint, nint>)Of("X509_get1_ocsp");
        AddressesFree = (delegate* unmanaged<nint, void>)Of("X509_email_free");
        ReadIdentifier = (delegate* unmanaged<nint, byte**, nint, nint>)Of("d2i_OCSP_CERTID");
        RequestNew = (delegate* unmanaged<nint>)Of("OCSP_REQUEST_new");
        RequestFree = (delegate* unmanaged<nint, void>)Of("OCSP_REQUEST_free");
        RequestAdd = (delegate* unmanaged<nint, nint, nint>)Of("OCSP_request_add0_id");
        RequestDer = (delegate* unmanaged<nint, byte**, int>)Of("i2d_OCSP_REQUEST");
        BasicVerify = (delegate* unmanaged<nint, nint, nint, nuint, int>)Of("OCSP_basic_verify");
        StatusText = (delegate* unmanaged<nint, byte*>)Of("OCSP_response_status_str");
        return missing;
    }
}
