using System;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>
/// The HTTP request that asks about a certificate (RFC 6960 appendix A): GET with the question in the address where that
/// is short, POST otherwise.
/// </summary>
/// <param name="Address">Absolute.</param>
/// <param name="Body">Of a POST; null: GET.</param>
public sealed unsafe record OcspQuestion(string Address, byte[]? Body)
{
    /// <summary>Longer questions are posted, as RFC 5019 section 5 has it.</summary>
    private const int AddressedMax = 255;

    /// <summary>The certificates that a certificate names to be asked about itself: the first of them, or empty.</summary>
    public static string ResponderOf(nint certificate)
    {
        nint addresses = OpenSslOcsp.ResponderAddresses(certificate);
        if (addresses == 0) return "";
        string first = OpenSsl.StackCount(addresses) == 0 ? "" : CertificateText.Text((byte*)OpenSsl.StackValue(addresses, 0));
        OpenSslOcsp.AddressesFree(addresses);
        return first;
    }

    /// <summary>Null: the identifier is none.</summary>
    public static OcspQuestion? Make(string responder, byte[] identifier)
    {
        byte[] der = Encode(identifier);
        if (der.Length == 0) return null;
        string text = Uri.EscapeDataString(Convert.ToBase64String(der));
        // Between what the certificate names and the question stands one slash, also where it ends in one.
        return text.Length <= AddressedMax ? new($"{responder.TrimEnd('/')}/{text}", null) : new(responder, der);
    }

    private static byte[] Encode(byte[] identifier)
    {
        byte[] der = [];
        nint parsed;
        fixed (byte* start = identifier)
        {
            byte* at = start;
            parsed = OpenSslOcsp.ReadIdentifier(0, &at, identifier.Length);
        }
        if (parsed == 0) return der;
        nint request = OpenSslOcsp.RequestNew();
        if (OpenSslOcsp.RequestAdd(request, parsed) == 0) OpenSslObjects.IdentifierFree(parsed); // else the request's
        else
        {
            der = new byte[Math.Max(0, OpenSslOcsp.RequestDer(request, null))];
            fixed (byte* start = der)
            {
                byte* at = start;
                if (der.Length > 0) _ = OpenSslOcsp.RequestDer(request, &at);
            }
        }
        OpenSslOcsp.RequestFree(request);
        OpenSsl.ErrorsClear();
        return der;
    }
}
