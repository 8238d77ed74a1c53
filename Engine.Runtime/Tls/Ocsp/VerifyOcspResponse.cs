using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>
/// Whether a response that came over the network is signed by who may speak for the certificate's issuer (RFC 6960
/// section 4.2.2.2). What the operator loaded with the certificate is trusted, and nothing else.
/// </summary>
internal static unsafe class VerifyOcspResponse
{
    private const int StatusSuccessful = 0;

    /// <summary>OCSP_TRUSTOTHER: certificates that are given are signers without being looked at further.</summary>
    private const nuint TrustsGiven = 0x200;

    /// <summary>Empty, or what is wrong.</summary>
    public static string Run(byte[] der, List<nint> issuers)
    {
        if (issuers.Count == 0) return "check_ocsp_response needs a certificate validation chain or an issuer certificate";
        nint parsed;
        fixed (byte* start = der)
        {
            byte* at = start;
            parsed = OpenSslObjects.ReadResponse(0, &at, der.Length);
        }
        string error = parsed == 0 ? "d2i_OCSP_RESPONSE() failed" : Judge(parsed, issuers);
        if (parsed != 0) OpenSslObjects.ResponseFree(parsed);
        OpenSsl.ErrorsClear();
        return error;
    }

    private static string Judge(nint response, List<nint> issuers)
    {
        int status = OpenSslObjects.ResponseStatus(response);
        if (status != StatusSuccessful)
            return $"OCSP response not successful ({status}: {CertificateText.Text(OpenSslOcsp.StatusText(status))})";
        nint basic = OpenSslObjects.ResponseBasic(response);
        if (basic == 0) return "OCSP_response_get1_basic() failed";
        nint store = OpenSsl.StoreNew();
        nint given = OpenSslMaker.StackNew();
        foreach (nint issuer in issuers)
        {
            _ = OpenSsl.StoreAdd(store, issuer);
            _ = OpenSslMaker.StackPush(given, issuer);
        }
        bool isGood = OpenSslOcsp.BasicVerify(basic, given, store, TrustsGiven) == 1;
        OpenSsl.StackFree(given);
        OpenSsl.StoreFree(store);
        OpenSslObjects.BasicFree(basic);
        return isGood ? "" : "OCSP_basic_verify() failed";
    }
}
