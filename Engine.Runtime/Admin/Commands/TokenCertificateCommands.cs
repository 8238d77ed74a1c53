using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Which certificates tokens may be verified with (management guide section 9.3).</summary>
internal static class TokenCertificateCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show ssl jwt", AdminLevel.User, "", Show, "display the certificates usable for JWT validation");
        TlsCommand.Add("add ssl jwt", AdminLevel.Admin, "<certfile>", Allow, "make a certificate usable for JWT validation");
        TlsCommand.Add("del ssl jwt", AdminLevel.Admin, "<certfile>", Forbid, "make a certificate unusable for JWT validation");
    }

    private static void Show(AdminRequest request)
    {
        request.Answer("# filename");
        foreach ((string name, CertificateFile file) in TlsCommand.Drafts(request).Certificates)
            if (file.IsForTokens) request.Answer(name);
    }

    private static void Allow(AdminRequest request) => Set(request, "'add ssl cert' expects a filename", isAllowed: true);

    private static void Forbid(AdminRequest request) => Set(request, "'del ssl cert' expects a filename", isAllowed: false);

    private static void Set(AdminRequest request, string expects, bool isAllowed)
    {
        string name = TlsCommand.Name(request, expects);
        if (name.Length == 0) return;
        if (!TlsCommand.Drafts(request).Certificates.TryGetValue(name, out CertificateFile? file))
        {
            request.Refuse("Can't display the certificate: Not found or the certificate is a bundle!");
            return;
        }
        file.IsForTokens = isAllowed;
        TokenCertificates.Tell(request.Services.Configuration);
    }
}
