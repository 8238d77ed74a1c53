using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// Authorities and revocation lists at run time (management guide section 9.3), in transactions like certificates.
/// </summary>
internal static class TlsAuthorityCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show ssl ca-file", AdminLevel.User, "[<cafile>[:<index>]]", static request => Show(request, false),
            "display the SSL CA files used in memory, or the details of a <cafile>, or a single certificate of index "
            + "<index> of a CA file <cafile>");
        TlsCommand.Add("show ssl crl-file", AdminLevel.User, "[<crlfile[:<index>>]]", static request => Show(request, true),
            "display the SSL CRL files used in memory, or the details of a <crlfile>, or a single CRL of index <index> "
            + "of CRL file <crlfile>");
        AddBoth("new", "", New, "create a new {0} file to be used in a crt-list");
        AddBoth("set", " <payload>", static (request, isList) => Set(request, isList, adds: false), "replace a {0} file");
        AddBoth("commit", "", Commit, "commit a {0} file");
        AddBoth("abort", "", Abort, "abort a transaction for a {0} file");
        AddBoth("del", "", Delete, "delete an unused {0} file");
        TlsCommand.Add("add ssl ca-file", AdminLevel.Admin, "<cafile> <payload>",
            static request => Set(request, isList: false, adds: true), "add a certificate into the CA file");
    }

    private static void AddBoth(string verb, string usage, KindRun run, string summary)
    {
        TlsCommand.Add($"{verb} ssl ca-file", AdminLevel.Admin, $"<cafile>{usage}",
            request => run(request, false), summary.Replace("{0}", "CA"));
        TlsCommand.Add($"{verb} ssl crl-file", AdminLevel.Admin, $"<crlfile>{usage}",
            request => run(request, true), summary.Replace("{0}", "CRL"));
    }

    /// <summary>A command about authorities, or about revocation lists.</summary>
    private delegate void KindRun(AdminRequest request, bool isList);

    private static string Word(bool isList) => isList ? "crl-file" : "ca-file";

    private static string Kind(bool isList) => isList ? "CRL" : "CA";

    private static ref AuthoritySet? Pending(TlsDrafts drafts, bool isList) =>
        ref isList ? ref drafts.PendingRevocations : ref drafts.PendingAuthorities;

    private static void Show(AdminRequest request, bool isList)
    {
        TlsDrafts drafts = TlsCommand.Drafts(request);
        SortedDictionary<string, AuthoritySet> known = drafts.SetsOf(isList);
        string name = request.Argument(0);
        AuthoritySet? pending = Pending(drafts, isList);
        if (!isList) AuthorityFile.LoadSystem(drafts);
        if (name.Length == 0)
        {
            if (pending is not null) request.Answer($"# transaction\n*{Listed(pending, isList)}");
            request.Answer("# filename");
            foreach (AuthoritySet each in known.Values) request.Answer(Listed(each, isList));
            return;
        }
        int only = 0;
        int colon = name.LastIndexOf(':');
        if (colon > 0)
        {
            if (!int.TryParse(name[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out only) || only < 1)
            {
                request.Refuse($"wrong {Kind(isList)} index after colons in '{name}'!");
                return;
            }
            name = name[..colon];
        }
        AuthoritySet? set = !name.StartsWith('*') ? known.GetValueOrDefault(name)
            : pending?.Name == name[1..] ? pending : null;
        if (set is null) request.Refuse($"Can't display the {Kind(isList)} file : Not found!");
        else Describe(request, drafts, set, name, only, isList);
    }

    private static string Listed(AuthoritySet set, bool isList) =>
        isList ? set.Name : $"{set.Name} - {set.Items.Count} certificate(s)";

    private static void Describe(
        AdminRequest request, TlsDrafts drafts, AuthoritySet set, string name, int only, bool isList)
    {
        if (!isList && (only > set.Items.Count || set.Items.Count == 0)) return;
        StringBuilder text = new();
        string status = name.StartsWith('*') ? "Uncommitted" : set.Items.Count == 0 ? "Empty" : IsUsed(drafts, set.Name, isList) ? "Used" : "Unused";
        text.Append("Filename: ").Append(name).Append("\nStatus: ").Append(status).Append('\n');
        for (int i = 0; i < set.Items.Count; i++)
        {
            if (only > 0 && i + 1 != only) continue;
            text.Append(isList ? " \nCertificate Revocation List #" : " \nCertificate #").Append(i + 1).Append(":\n");
            if (isList) CertificateText.DescribeRevocations(set.Items[i], text);
            else CertificateText.Describe(set.Items[i], text);
        }
        request.Output.Add(text.ToString());
    }

    private static bool Names(TlsLine line, string path, bool isList) =>
        isList ? line.CrlFile == path : line.CaFile == path || line.CaVerifyFile == path;

    private static bool IsUsed(TlsDrafts drafts, string path, bool isList)
    {
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            if (Names(bind.Line, path, isList)) return true;
            if (bind.Certificates.Exists(listed => listed.Line is { } own && Names(own, path, isList))) return true;
        }
        return drafts.Servers.Exists(server => Names(server.Line, path, isList));
    }

    private static void New(AdminRequest request, bool isList)
    {
        string name = TlsCommand.Name(request, $"'new ssl {Word(isList)}' expects a filename");
        if (name.Length == 0) return;
        bool made = TlsCommand.Drafts(request).SetsOf(isList).TryAdd(name, new AuthoritySet(name, []));
        if (made) request.Notify($"New {Kind(isList)} file created '{name}'!");
        else request.Refuse($"{Kind(isList)} file '{name}' already exists!");
    }

    private static void Set(AdminRequest request, bool isList, bool adds)
    {
        string name = request.Argument(0);
        if (name.Length == 0 || !request.HasPayload)
        {
            // Also add says set.
            request.Refuse($"'set ssl {Word(isList)}' expects a filename and {Kind(isList)}s as a payload");
            return;
        }
        TlsDrafts drafts = TlsCommand.Drafts(request);
        ref AuthoritySet? pending = ref Pending(drafts, isList);
        AuthoritySet? old = pending ?? drafts.SetsOf(isList).GetValueOrDefault(name);
        string error = "";
        if (pending is not null && pending.Name != name)
            error = $"The ongoing transaction is about '{pending.Name}' but you are trying to set '{name}'";
        else if (old is null)
            error = $"Can't replace a {Kind(isList)} file which is not referenced by the configuration!";
        string broken = "";
        List<nint> items = error.Length > 0 ? [] : AuthorityFile.Items(request.Payload.ToArray(), isList, out broken);
        if (broken.Length > 0) error = "Invalid payload"; // also when only a later part is
        if (error.Length > 0)
        {
            AuthorityFile.Free(items, isList);
            request.Refuse($"{error}\nCan't update {name}!");
            return;
        }
        request.Notify($"transaction {(pending is null ? "created" : "updated")} for {Kind(isList)} {name}!");
        if (adds) AuthorityFile.Hold(old!.Items, isList);
        AuthoritySet fresh = old! with { Items = adds ? [.. old.Items, .. items] : items };
        if (pending is not null) AuthorityFile.Free(pending.Items, isList);
        pending = fresh;
    }

    private static void Commit(AdminRequest request, bool isList)
    {
        // Both say ca-file: scripts that look at answers know it so.
        string name = TlsCommand.Name(request, "'commit ssl ca-file' expects a filename");
        if (name.Length == 0) return;
        TlsDrafts drafts = TlsCommand.Drafts(request);
        AuthoritySet? fresh = Pending(drafts, isList);
        if (fresh is null || fresh.Name != name)
        {
            string error = fresh is null ? "No ongoing transaction! !"
                : $"The ongoing transaction is about '{fresh.Name}' but you are trying to set '{name}'";
            request.Refuse($"{error}\nCan't commit {name}!");
            return;
        }
        request.Output.Add($"Committing {name}");
        Pending(drafts, isList) = null;
        string failed = Exchange(request, drafts, fresh, isList);
        request.Output.Add(failed.Length == 0 ? "\nSuccess!\n" : $"\n{failed}\nFailed!\n");
    }

    private static string Exchange(AdminRequest request, TlsDrafts drafts, AuthoritySet fresh, bool isList)
    {
        SortedDictionary<string, AuthoritySet> known = drafts.SetsOf(isList);
        AuthoritySet old = known[fresh.Name];
        known[fresh.Name] = fresh with { Version = old.Version + 1 };
        ExchangeContexts exchange = new(drafts);
        string error = "";
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            if (error.Length == 0)
                error = exchange.Plan(bind, bind.Certificates, line => Names(line, fresh.Name, isList));
        }
        foreach (TlsServerDraft server in drafts.Servers)
            if (error.Length == 0 && Names(server.Line, fresh.Name, isList)) error = exchange.Plan(server);
        if (error.Length > 0)
        {
            known[fresh.Name] = old;
            exchange.Drop();
            AuthorityFile.Free(fresh.Items, isList);
            return error;
        }
        exchange.Apply(request);
        AuthorityFile.Free(old.Items, isList);
        request.Output.Add(new string('.', exchange.Count));
        return "";
    }

    private static void Abort(AdminRequest request, bool isList)
    {
        string name = TlsCommand.Name(request, $"'abort ssl {Word(isList)}' expects a filename");
        if (name.Length == 0) return;
        ref AuthoritySet? pending = ref Pending(TlsCommand.Drafts(request), isList);
        if (pending is null) request.Refuse("No ongoing transaction!");
        else if (pending.Name != name)
        {
            request.Refuse(
                $"The ongoing transaction is about '{pending.Name}' but you are trying to abort a transaction for '{name}'");
        }
        else
        {
            AuthorityFile.Free(pending.Items, isList);
            pending = null;
            request.Notify($"Transaction aborted for certificate '{name}'!");
        }
    }

    private static void Delete(AdminRequest request, bool isList)
    {
        string name = TlsCommand.Name(request, $"'del ssl {Word(isList)}' expects a {Kind(isList)} file name");
        if (name.Length == 0) return;
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string kind = Kind(isList);
        if (!drafts.SetsOf(isList).TryGetValue(name, out AuthoritySet? set))
            request.Refuse($"Can't remove the {kind} file: {kind} file '{name}' doesn't exist!");
        else if (Pending(drafts, isList)?.Name == name)
            request.Refuse($"Can't remove the {kind} file: ongoing transaction for the {kind} file '{name}'");
        else if (IsUsed(drafts, name, isList))
            request.Refuse($"Can't remove the {kind} file: {kind} file '{name}' in use, can't be deleted!");
        else
        {
            drafts.SetsOf(isList).Remove(name);
            AuthorityFile.Free(set.Items, isList);
            request.Notify($"{kind} file '{name}' deleted!");
        }
    }
}
