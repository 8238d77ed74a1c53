using System;
using System.Collections.Generic;
using Engine.Data.Tls;
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
        if (file.Ocsp is not { } response || Identifier(file) is not { } key) return null;
        if (!drafts.Staples.TryGetValue(Convert.ToHexStringLower(key), out OcspStaple? staple))
        {
            staple = new OcspStaple { Path = file.Name, Identifier = key };
            TakeParts(file, staple);
            drafts.Staples.Add(Convert.ToHexStringLower(key), staple);
        }
        if (Read(response, drafts, out OcspStaple? about, out OcspStaple.Response? made).Length == 0 && about == staple)
            staple.Current = made;
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
                if (listed.File.Ocsp is not null && Identifier(listed.File) is { } key) used.Add(Convert.ToHexStringLower(key));
        }
        foreach (string key in (string[])[.. drafts.Staples.Keys])
            if (!used.Contains(key)) drafts.Staples.Remove(key);
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
    public static string Read(
        byte[] der, TlsDrafts drafts, out OcspStaple? staple, out OcspStaple.Response? response)
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
            return Judge(der, single, drafts, out staple, out response);
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
        string error = Read(response, drafts, out OcspStaple? about, out _);
        bool isOther = error == NoSuchCertificate || (error.Length == 0 && !about!.Identifier.AsSpan().SequenceEqual(key));
        return isOther ? "OCSP single response: Certificate ID does not match certificate and issuer" : error;
    }

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
        byte[] der, nint single, TlsDrafts drafts, out OcspStaple? staple, out OcspStaple.Response? response)
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
        if (!drafts.Staples.TryGetValue(Convert.ToHexStringLower(key), out staple))
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
