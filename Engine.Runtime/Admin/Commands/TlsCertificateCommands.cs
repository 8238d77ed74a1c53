using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// Certificates at run time (management guide section 9.3): set parts of one in a transaction, commit it, and
/// connections from then on get it.
/// </summary>
internal static unsafe class TlsCertificateCommands
{
    private const string NotFound = "Can't display the certificate: Not found or the certificate is a bundle!";

    private static readonly string[] Parts = ["key", "ocsp", "issuer", "sctl", "crt"];

    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show ssl cert", AdminLevel.User, "[<certfile>]", Show,
            "display the SSL certificates used in memory, or the details of a file");
        TlsCommand.Add("new ssl cert", AdminLevel.Admin, "<certfile>", New,
            "create a new certificate file to be used in a crt-list or a directory");
        TlsCommand.Add("set ssl cert", AdminLevel.Admin, "<certfile> <payload>", Set, "replace a certificate file");
        TlsCommand.Add("commit ssl cert", AdminLevel.Admin, "<certfile>", Commit, "commit a certificate file");
        TlsCommand.Add("abort ssl cert", AdminLevel.Admin, "<certfile>", Abort,
            "abort a transaction for a certificate file");
        TlsCommand.Add("del ssl cert", AdminLevel.Admin, "<certfile>", Delete, "delete an unused certificate file");
        TlsCommand.Add("dump ssl cert", AdminLevel.Admin, "<certfile>", Dump, "dump the SSL certificates in PEM format");
    }

    private static void Show(AdminRequest request)
    {
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string name = request.Argument(0);
        if (name.Length == 0)
        {
            if (drafts.Pending is { } pending) request.Answer($"# transaction\n*{pending.Name}");
            request.Answer("# filename");
            foreach (string known in drafts.Certificates.Keys) request.Answer(known);
            return;
        }
        if (Find(drafts, name) is { } file) Describe(request, drafts, file, name);
        else if (name.EndsWith(".ocsp", StringComparison.Ordinal)
            && Find(drafts, name[..^".ocsp".Length]) is { } stapled)
        {
            if (StapleResponses.Shown(drafts, stapled) is { } response) request.Output.Add(StapleResponses.Print(response));
        }
        else
        {
            request.Refuse(NotFound);
        }
    }

    /// <summary>A certificate, or with a star before its name what is set for it.</summary>
    private static CertificateFile? Find(TlsDrafts drafts, string name) =>
        !name.StartsWith('*') ? drafts.Certificates.GetValueOrDefault(name)
            : drafts.Pending?.Name == name[1..] ? drafts.Pending : null;

    private static void Describe(AdminRequest request, TlsDrafts drafts, CertificateFile file, string name)
    {
        StringBuilder text = new();
        text.Append("Filename: ").Append(name).Append('\n');
        AppendPath(text, "Crt", file.Paths.Certificate);
        AppendPath(text, "Key", file.Paths.Key);
        AppendPath(text, "OCSP", file.Paths.Ocsp);
        AppendPath(text, "OCSP Issuer", file.Paths.Issuer);
        AppendPath(text, "SCTL", file.Paths.Timestamps);
        text.Append("Option: ocsp-update ").Append(drafts.UpdatesOcsp(file) ? "on" : "off");
        text.Append("\nOption: jwt ").Append(file.IsForTokens ? "on" : "off").Append("\nStatus: ");
        text.Append(
            file == drafts.Pending ? "Uncommitted"
            : file.IsEmpty ? "Empty"
            : IsUsed(drafts, file) ? "Used"
            : file.IsForTokens ? "Used for JWT verification" : "Unused").Append('\n');
        if (file.Shared is { } shared) text.Append("Chain Filename: ").Append(shared.Path).Append('\n');
        if (file.Certificate != 0) CertificateText.Describe(file.Certificate, text);
        foreach (nint certificate in file.Shared?.Items ?? file.Chain)
        {
            text.Append("Chain Subject: ").Append(CertificateText.Name(OpenSsl.CertificateSubject(certificate)));
            text.Append("\nChain Issuer: ").Append(CertificateText.Name(OpenSsl.CertificateIssuer(certificate))).Append('\n');
        }
        // What is set is about nothing before it is committed.
        CertificateFile? known = file == drafts.Pending ? drafts.Certificates.GetValueOrDefault(file.Name) : file;
        byte[]? about = known is null || !drafts.HasStaple(file) || !drafts.HasStaple(known)
            ? null : StapleResponses.Identifier(known);
        text.Append("OCSP Response Key: ");
        if (about is not null) text.Append(Convert.ToHexStringLower(about));
        text.Append('\n');
        request.Output.Add(text.ToString());
    }

    private static void AppendPath(StringBuilder text, string what, string? path)
    {
        if (path is not null) text.Append(what).Append(" filename: ").Append(path).Append('\n');
    }

    private static bool IsUsed(TlsDrafts drafts, CertificateFile file)
    {
        foreach (TlsBindDraft bind in drafts.Binds)
            if (bind.Certificates.Exists(listed => listed.File == file)) return true;
        return drafts.Servers.Exists(server => server.Certificate == file);
    }

    private static void New(AdminRequest request)
    {
        string name = TlsCommand.Name(request, "'new ssl cert' expects a filename");
        if (name.Length == 0) return;
        SortedDictionary<string, CertificateFile> known = TlsCommand.Drafts(request).Certificates;
        if (known.TryAdd(name, new CertificateFile { Name = name }))
        {
            TokenCertificates.Tell(request.Services.Configuration);
            request.Notify($"New empty certificate store '{name}'!");
        }
        else request.Refuse($"Certificate '{name}' already exists!");
    }

    private static void Set(AdminRequest request)
    {
        string name = request.Argument(0);
        if (name.Length == 0 || request.Payload.IsEmpty)
        {
            request.Refuse("'set ssl cert' expects a filename and a certificate as a payload");
            return;
        }
        string error = Set(TlsCommand.Drafts(request), name, request.Payload.ToArray(), out string done);
        if (error.Length == 0) request.Notify(done);
        else request.Refuse($"{error}Can't update {name}!");
    }

    /// <summary>Empty, or what is wrong, with the line's end where there is one.</summary>
    private static string Set(TlsDrafts drafts, string name, byte[] payload, out string done)
    {
        done = "";
        string part = "";
        string path = name;
        if (!drafts.Certificates.ContainsKey(name) && drafts.Pending?.Name != name)
        {
            string ending = name[(name.LastIndexOf('.') + 1)..];
            // With ssl-load-extra-del-ext the parts stand beside file.crt without its ending.
            bool drops = drafts.Extra.HasFlag(ExtraFiles.DropExtension);
            if (Array.IndexOf(Parts, ending) >= 0 && (drops || ending != "crt"))
            {
                part = ending;
                path = name[..^(ending.Length + 1)];
                if (drops) path += ".crt";
            }
        }
        if (drafts.Pending is { } pending && pending.Name != path)
            return $"The ongoing transaction is about '{pending.Name}' but you are trying to set '{path}'\n";
        CertificateFile? from = drafts.Pending ?? drafts.Certificates.GetValueOrDefault(path);
        if (from is null) return "Can't replace a certificate which is not referenced by the configuration!\n";
        CertificateFile fresh = from.Copy();
        string error = Take(fresh, part, payload);
        if (error.Length > 0)
        {
            fresh.Free();
            return error;
        }
        done = $"Transaction {(drafts.Pending is null ? "created" : "updated")} for certificate {path}!";
        drafts.Pending?.Free();
        drafts.Pending = fresh;
        return "";
    }

    private static string Take(CertificateFile file, string part, byte[] payload)
    {
        const string failed = "Can't load the payload\n";
        switch (part)
        {
            case "key":
                nint key = CertificateLoader.ReadKey(payload);
                if (key == 0)
                    return $"unable to load private key from file '{file.Name}'{TlsLibrary.TakeKeyReason(payload)}.\n{failed}";
                file.SetKey(key);
                return "";
            case "ocsp":
                if (Decode(payload) is not { } response) return $"Error reading OCSP response in base64 format{failed}";
                file.Ocsp = response;
                return "";
            case "sctl":
                if (Decode(payload) is not { } list || !CertificateLoader.IsTimestampList(list)) return failed;
                file.Timestamps = list;
                return "";
            case "issuer":
                string refused = CertificateLoader.ReadIssuer(file, payload, file.Name);
                return refused.Length == 0 ? "" : $"{refused}\n{failed}";
            default:
                string error = CertificateLoader.ReadPem(file, payload, file.Name, keepsKey: part == "crt");
                if (error.Length > 0) return $"{error}\n{failed}";
                if (part.Length == 0) file.DropBeside();
                return "";
        }
    }

    private static byte[]? Decode(ReadOnlySpan<byte> payload)
    {
        try
        {
            return Convert.FromBase64String(Encoding.Latin1.GetString(payload).Trim());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void Commit(AdminRequest request)
    {
        string name = TlsCommand.Name(request, "'commit ssl cert' expects a filename");
        if (name.Length == 0) return;
        TlsDrafts drafts = TlsCommand.Drafts(request);
        if (drafts.Pending is not { } pending)
        {
            request.Refuse($"No ongoing transaction! !\nCan't commit {name}!");
            return;
        }
        string error = pending.Name == name ? ""
            : $"The ongoing transaction is about '{pending.Name}' but you are trying to set '{name}'";
        if (error.Length == 0 && pending.Certificate != 0) error = CertificateLoader.Finish(pending, name);
        else if (error.Length == 0) error = "The transaction must contain at least a certificate and a private key!";
        if (error.Length > 0)
        {
            request.Refuse($"{error}\nCan't commit {name}!");
            return;
        }
        request.Output.Add($"Committing {name}");
        drafts.Pending = null;
        error = Exchange(request, drafts, pending);
        if (error.Length > 0) pending.Free();
        request.Output.Add(error.Length == 0 ? "\nSuccess!\n" : $"\n{error}\nFailed!\n");
    }

    private static string Exchange(AdminRequest request, TlsDrafts drafts, CertificateFile fresh)
    {
        CertificateFile old = drafts.Certificates[fresh.Name];
        ExchangeContexts exchange = new(drafts);
        string error = "";
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            if (error.Length > 0 || !bind.Certificates.Exists(listed => listed.File == old)) continue;
            List<ListedCertificate> wanted = bind.Certificates.ConvertAll(listed => Exchanged(listed, old, fresh));
            error = exchange.Plan(bind, wanted, static _ => false);
        }
        List<TlsServerDraft> servers = drafts.Servers.FindAll(server => server.Certificate == old);
        foreach (TlsServerDraft server in servers)
        {
            if (error.Length > 0) break;
            server.Certificate = fresh;
            error = exchange.Plan(server);
        }
        if (error.Length > 0)
        {
            foreach (TlsServerDraft server in servers) server.Certificate = old;
            exchange.Drop();
            return error;
        }
        exchange.Apply(request);
        fresh.IsForTokens = old.IsForTokens; // may have been said since the transaction began
        drafts.Certificates[fresh.Name] = fresh;
        TokenCertificates.Tell(request.Services.Configuration);
        old.Free();
        request.Output.Add(new string('.', exchange.Count));
        string ignored = StapleResponses.Fault(drafts, fresh);
        if (ignored.Length > 0) request.Output.Add($"\nLoading: {ignored.TrimEnd('.')}. Content will be ignored.");
        return "";
    }

    private static ListedCertificate Exchanged(ListedCertificate listed, CertificateFile old, CertificateFile fresh) =>
        listed.File != old ? listed
            : listed.Entry is { } entry
                ? CertificateList.Listed(fresh, entry, listed.Line) with { IsDefault = listed.IsDefault }
                : listed with { File = fresh };

    private static void Abort(AdminRequest request)
    {
        string name = TlsCommand.Name(request, "'abort ssl cert' expects a filename");
        if (name.Length == 0) return;
        TlsDrafts drafts = TlsCommand.Drafts(request);
        if (drafts.Pending is not { } pending) request.Refuse("No ongoing transaction!");
        else if (pending.Name != name)
        {
            request.Refuse(
                $"The ongoing transaction is about '{pending.Name}' but you are trying to abort a transaction for '{name}'");
        }
        else
        {
            pending.Free();
            drafts.Pending = null;
            request.Notify($"Transaction aborted for certificate '{name}'!");
        }
    }

    private static void Delete(AdminRequest request)
    {
        string name = TlsCommand.Name(request, "'del ssl cert' expects a certificate name");
        if (name.Length == 0) return;
        TlsDrafts drafts = TlsCommand.Drafts(request);
        if (!drafts.Certificates.TryGetValue(name, out CertificateFile? file))
            request.Refuse($"Can't remove the certificate: certificate '{name}' doesn't exist!");
        else if (drafts.Pending?.Name == name)
            request.Refuse($"Can't remove the certificate: ongoing transaction for the certificate '{name}'");
        else if (IsUsed(drafts, file))
            request.Refuse($"Can't remove the certificate: certificate '{name}' in use, can't be deleted!");
        else if (file.IsForTokens)
        {
            request.Refuse(
                $"Can't remove the certificate: certificate '{name}' in use for JWT validation, can't be deleted!");
        }
        else
        {
            file.Free();
            drafts.Certificates.Remove(name);
            TokenCertificates.Tell(request.Services.Configuration);
            request.Notify($"Certificate '{name}' deleted!");
        }
    }

    private static void Dump(AdminRequest request)
    {
        if (Find(TlsCommand.Drafts(request), request.Argument(0)) is not { } file)
        {
            request.Refuse(NotFound);
            return;
        }
        request.Output.Add(CertificateText.Print(bio =>
        {
            if (file.Key != 0) _ = OpenSslObjects.WriteKey(bio, file.Key, 0, null, 0, 0, 0);
            if (file.Certificate != 0) _ = OpenSslObjects.WriteCertificate(bio, file.Certificate);
            foreach (nint certificate in file.Chain) _ = OpenSslObjects.WriteCertificate(bio, certificate);
        }));
    }
}
