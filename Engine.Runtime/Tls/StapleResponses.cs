using System;
using System.Collections.Generic;
using Engine.Data.Tls;
using Engine.Runtime.Tls.Ocsp;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// OCSP responses for certificates (RFC 6960): read, checked against what they are about, and given to contexts.
/// </summary>
public static unsafe class StapleResponses
{
    /// <summary>SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB and its argument.</summary>
    private const int SetStatusFunction = 63;

    private const int SetStatusArgument = 64;

    /// <summary>A response is used up to this much after its time, and before it: clocks differ, seconds.</summary>
    private const int SkewSeconds = 300;

    private const string NoSuchCertificate = "OCSP single response: Certificate ID does not match any certificate or issuer";

    private const int StatusSuccessful = 0;
    private const int CertificateRevoked = 1;
    private const int CertificateUnknown = 2;

    /// <summary>Gives a context the staple of its certificate, where response and issuer are there.</summary>
    public static void Attach(TlsDrafts drafts, TlsIdentity context, CertificateFile file)
    {
        if (StapleOf(drafts, file) is not { } staple) return;
        context.Staple = staple;
        delegate* unmanaged[Cdecl]<nint, nint, int> function = &SendStaple.Run;
        _ = OpenSslObjects.ContextCallback(context.Handle, SetStatusFunction, (nint)function);
        nint owner = OpenSslObjects.ContextExtra(context.Handle, OpenSslObjects.IdentityIndex);
        _ = OpenSsl.ContextControl(context.Handle, SetStatusArgument, 0, owner);
    }

    /// <summary>The staple of a certificate; null when it has no response or its issuer is not known.</summary>
    public static OcspStaple? StapleOf(TlsDrafts drafts, CertificateFile file)
    {
        if (!drafts.HasStaple(file) || Identifier(file) is not { } key) return null;
        if (!drafts.Staples.TryGetValue(Convert.ToHexStringLower(key), out OcspStaple? staple))
        {
            staple = new OcspStaple { Path = file.Name, Identifier = key };
            TakeParts(file, staple);
            drafts.Staples.Add(Convert.ToHexStringLower(key), staple);
        }
        if (file.Ocsp is { } response
            && Read(response, drafts.Staples, out OcspStaple? about, out OcspStaple.Response? made).Length == 0 && about == staple)
            staple.Current = made;
        string responder = drafts.UpdatesOcsp(file) ? OcspQuestion.ResponderOf(file.Certificate) : "";
        if (responder.Length > 0) drafts.OcspUpdater.Keep(file, staple, responder);
        return staple;
    }

    /// <summary>The response that is sent with a certificate, or was set for one that is not in use; null: there is none.</summary>
    public static byte[]? Shown(TlsDrafts drafts, CertificateFile file)
    {
        if (file == drafts.Pending) return file.Ocsp;
        return Identifier(file) is { } key && drafts.Staples.TryGetValue(Convert.ToHexStringLower(key), out OcspStaple? staple)
            ? staple.Current?.Der : null;
    }

    /// <summary>Forgets the staples of certificates that no bind line has any more.</summary>
    public static void Prune(TlsDrafts drafts)
    {
        if (drafts.Staples.Count == 0) return;
        HashSet<string> used = [];
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            foreach (ListedCertificate listed in bind.Certificates)
                if (drafts.HasStaple(listed.File) && Identifier(listed.File) is { } key) used.Add(Convert.ToHexStringLower(key));
        }
        foreach (string key in (string[])[.. drafts.Staples.Keys])
            if (!used.Contains(key)) drafts.Staples.Remove(key);
        drafts.OcspUpdater.Prune(drafts.Staples.Values);
    }

    /// <summary>What responses about a certificate say they are about, DER; null without its issuer.</summary>
    public static byte[]? Identifier(CertificateFile file)
    {
        nint issuer = file.FindIssuer();
        if (issuer == 0) return null;
        nint identifier = OpenSslObjects.IdentifierOf(0, file.Certificate, issuer);
        if (identifier == 0) return null;
        byte[] der = DerOf(identifier);
        OpenSslObjects.IdentifierFree(identifier);
        return der;
    }

    /// <summary>
    /// Reads a response and finds the certificate that it is about. Empty, or what is wrong with it.
    /// </summary>
    /// <param name="der">The response.</param>
    /// <param name="staples">What it may be about, by the hexadecimal DER form of that.</param>
    /// <param name="staple">What it is about.</param>
    /// <param name="response">The response as it is sent.</param>
    public static string Read(
        byte[] der, SortedDictionary<string, OcspStaple> staples, out OcspStaple? staple, out OcspStaple.Response? response)
    {
        staple = null;
        response = null;
        nint parsed;
        fixed (byte* start = der)
        {
            byte* at = start;
            parsed = OpenSslObjects.ReadResponse(0, &at, der.Length);
        }
        OpenSsl.ErrorsClear();
        if (parsed == 0) return "Unable to parse OCSP response";
        nint basic = 0;
        try
        {
            if (OpenSslObjects.ResponseStatus(parsed) != StatusSuccessful) return "OCSP response status not successful";
            basic = OpenSslObjects.ResponseBasic(parsed);
            if (basic == 0) return "Failed to get basic response from OCSP Response";
            if (OpenSslObjects.BasicCount(basic) > 1) return "OCSP response ignored because contains more than one single response";
            nint single = OpenSslObjects.BasicSingle(basic, 0);
            if (single == 0) return "Failed to get OCSP single response from OCSP Response";
            return Judge(der, single, staples, out staple, out response);
        }
        finally
        {
            OpenSsl.ErrorsClear();
            if (basic != 0) OpenSslObjects.BasicFree(basic);
            OpenSslObjects.ResponseFree(parsed);
        }
    }

    /// <summary>Why the response of a certificate is not sent with it; empty: it is, or there is none.</summary>
    public static string Fault(TlsDrafts drafts, CertificateFile file)
    {
        if (file.Ocsp is not { } response || Identifier(file) is not { } key) return "";
        string error = Read(response, drafts.Staples, out OcspStaple? about, out _);
        bool isOther = error == NoSuchCertificate || (error.Length == 0 && !about!.Identifier.AsSpan().SequenceEqual(key));
        return isOther ? "OCSP single response: Certificate ID does not match certificate and issuer" : error;
    }

    /// <summary>
    /// What keeps a certificate that is to be kept up to date from it; empty: nothing does, or it is not to be.
    /// </summary>
    public static string UpdateFault(TlsDrafts drafts, CertificateFile file) =>
        !drafts.UpdatesOcsp(file) || Identifier(file) is not null || OcspQuestion.ResponderOf(file.Certificate).Length == 0 ? ""
            : $"'{file.Name}' has an OCSP auto-update set to 'on' but an error occurred "
                + "(maybe the OCSP URI or the issuer could not be found)'.";

    /// <summary>A response as the library prints it.</summary>
    public static string Print(byte[] der)
    {
        nint parsed;
        fixed (byte* start = der)
        {
            byte* at = start;
            parsed = OpenSslObjects.ReadResponse(0, &at, der.Length);
        }
        if (parsed == 0) return "";
        string text = CertificateText.Print(bio => OpenSslObjects.PrintResponse(bio, parsed, 0));
        OpenSslObjects.ResponseFree(parsed);
        // An empty line would end the answer.
        return text.Replace("\n\n", "\n \n");
    }

    private static string Judge(
        byte[] der, nint single, SortedDictionary<string, OcspStaple> staples,
        out OcspStaple? staple, out OcspStaple.Response? response)
    {
        staple = null;
        response = null;
        int reason;
        nint revoked;
        nint made;
        nint next;
        int status = OpenSslObjects.SingleStatus(single, &reason, &revoked, &made, &next);
        if (status is CertificateUnknown or < 0) return "OCSP single response: certificate status is unknown";
        if (status == CertificateRevoked && next == 0) next = made;
        if (next == 0) return "OCSP single response: missing nextupdate";
        if (OpenSslObjects.CheckValidity(made, next, SkewSeconds, -1) != 1)
            return "OCSP single response: no longer valid.";
        byte[] key = DerOf(OpenSslObjects.SingleIdentifier(single));
        if (!staples.TryGetValue(Convert.ToHexStringLower(key), out staple))
            return NoSuchCertificate;
        long expires = CertificateText.Moment(next);
        if (expires == 0) return "OCSP single response: Invalid \"Next Update\" time";
        response = new OcspStaple.Response(der, expires * 1000);
        return "";
    }

    private static byte[] DerOf(nint identifier)
    {
        int length = OpenSslObjects.IdentifierDer(identifier, null);
        byte[] der = new byte[Math.Max(0, length)];
        fixed (byte* start = der)
        {
            byte* at = start;
            if (length > 0) _ = OpenSslObjects.IdentifierDer(identifier, &at);
        }
        return der;
    }

    private static void TakeParts(CertificateFile file, OcspStaple staple)
    {
        nint identifier = OpenSslObjects.IdentifierOf(0, file.Certificate, file.FindIssuer());
        nint name;
        nint method;
        nint key;
        nint serial;
        _ = OpenSslObjects.IdentifierParts(&name, &method, &key, &serial, identifier);
        staple.IssuerName = CertificateText.Bytes(name).ToArray();
        staple.IssuerKey = CertificateText.Bytes(key).ToArray();
        staple.Serial = CertificateText.Bytes(serial).ToArray();
        OpenSslObjects.IdentifierFree(identifier);
    }
}
