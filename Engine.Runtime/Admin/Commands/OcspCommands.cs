using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>OCSP responses that are fetched from responders (management guide section 9.3).</summary>
internal static class OcspCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show ssl ocsp-updates", AdminLevel.Admin, "", Show,
            "display which OCSP responses are fetched next and how their last updates ended");
        TlsCommand.Add("update ssl ocsp-response", AdminLevel.Admin, "<certfile>", Update,
            "fetch the OCSP response of a certificate from its responder");
    }

    private static void Show(AdminRequest request)
    {
        request.Answer("OCSP Certid | Path | Next Update | Last Update | Successes | Failures | Last Update Status | "
            + "Last Update Status (str)");
        foreach (string line in TlsCommand.Drafts(request).OcspUpdater.Describe()) request.Answer(line);
    }

    /// <summary>The answer comes later, to the log.</summary>
    private static void Update(AdminRequest request)
    {
        string name = request.Argument(0);
        if (name.Length == 0)
        {
            request.Refuse("'update ssl ocsp-response' expects a filename");
            return;
        }
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string error = "";
        if (!drafts.Certificates.TryGetValue(name, out CertificateFile? file))
            error = "Unknown certificate! 'update ssl ocsp-response' expects an already known certificate file name.";
        else if (StapleResponses.Identifier(file) is { } key
            && drafts.Staples.TryGetValue(Convert.ToHexStringLower(key), out OcspStaple? staple))
        {
            drafts.OcspUpdater.Ask(file, staple);
        }
        else error = "'update ssl ocsp-response' only works on certificates that already have a known OCSP response.";
        if (error.Length > 0) request.Refuse($"{error}\nCan't send ocsp request for {name}!");
    }
}
