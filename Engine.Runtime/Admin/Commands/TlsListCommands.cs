using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Lists and directories of certificates at run time, and the names they serve (management guide 9.3).</summary>
internal static class TlsListCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show ssl crt-list", AdminLevel.Admin, "[-n] [<list>]", Show,
            "show the list of crt-lists or the content of a crt-list file <list>");
        TlsCommand.Add("add ssl crt-list", AdminLevel.Admin, "<list> <cert> [opts]*", Add,
            "add to crt-list file <list> a line <cert> or a payload");
        TlsCommand.Add("del ssl crt-list", AdminLevel.Admin, "<list> <cert[:line]>", Delete,
            "delete a line <cert> from crt-list file <list>");
        TlsCommand.Add("show ssl sni", AdminLevel.User, "[-f <frontend>] [-A]", ShowNames,
            "display the list of SNI and their corresponding filename");
    }

    private static void Show(AdminRequest request)
    {
        TlsDrafts drafts = TlsCommand.Drafts(request);
        bool numbers = request.Argument(0) == "-n";
        string path = request.Argument(numbers ? 1 : 0);
        if (path.Length == 0 && numbers)
        {
            request.Refuse("'show ssl crt-list -n' expects a filename or a directory");
            return;
        }
        if (path.Length == 0)
        {
            foreach (string known in drafts.Lists.Keys) request.Answer(known);
            return;
        }
        if (Find(drafts, path) is not { } list)
        {
            request.Refuse("didn't find the specified filename");
            return;
        }
        request.Answer($"# {list.Path}");
        foreach (ListEntry entry in list.Entries) request.Answer(LineOf(entry, numbers));
    }

    private static string LineOf(ListEntry entry, bool numbers)
    {
        StringBuilder text = new(entry.Path);
        if (numbers) text.Append(CultureInfo.InvariantCulture, $":{entry.Number}");
        if (entry.Options.Length > 0) text.Append(" [").Append(entry.Options).Append(']');
        foreach (string filter in entry.Filters) text.Append(' ').Append(filter);
        return text.ToString();
    }

    private static ListFile? Find(TlsDrafts drafts, string path) =>
        drafts.Lists.GetValueOrDefault(path.Length > 1 ? path.TrimEnd('/') : path);

    private static void Add(AdminRequest request)
    {
        string path = request.Argument(0);
        if (path.Length == 0 || (request.Argument(1).Length == 0 && request.Payload.IsEmpty))
        {
            request.Refuse("'add ssl crtlist' expects a filename and a certificate name");
            return;
        }
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string error = Prepare(request, drafts, out ListFile? list, out ListedCertificate? listed);
        if (error.Length > 0)
        {
            request.Refuse($"Can't edit the crt-list: {error}");
            return;
        }
        ListEntry entry = listed!.Entry!;
        request.Output.Add($"Inserting certificate '{entry.Path}' in crt-list '{list!.Path}'");
        ExchangeContexts exchange = new(drafts);
        int lines = 0;
        foreach (TlsBindDraft bind in drafts.Binds)
        {
            if (error.Length > 0 || !bind.Lists.Contains(list.Path)) continue;
            lines++;
            // Each line has a policy of its own to inherit from.
            ListedCertificate own = listed with { Line = listed.Line?.Copy() };
            error = exchange.Plan(bind, [.. bind.Certificates, own], static _ => false);
        }
        if (error.Length > 0)
        {
            exchange.Drop();
            request.Output.Add($".\n{error}\nFailed!\n");
            return;
        }
        exchange.Apply(request);
        list.LineCount = Math.Max(list.LineCount, entry.Number);
        list.Entries.Add(entry);
        request.Output.Add($"{new string('.', lines)}\nSuccess!\n");
    }

    /// <summary>The entry that is to be added. Empty, or why it cannot be.</summary>
    private static string Prepare(
        AdminRequest request, TlsDrafts drafts, out ListFile? list, out ListedCertificate? listed)
    {
        listed = null;
        string path = request.Argument(0);
        list = Find(drafts, path);
        if (list is null) return $"crt-list '{path}' does not exist!";
        string text = request.Argument(1);
        if (request.HasPayload)
        {
            text = Encoding.Latin1.GetString(request.Payload).TrimEnd('\n', '\r');
            if (text.Contains('\n')) return "only one line of payload is supported!";
        }
        drafts.ReadsNoFiles = true;
        string error = CertificateList.ReadEntry(drafts, text.Trim(), "CLI", 1, out ListEntry? entry, out ListWords own);
        drafts.ReadsNoFiles = false;
        if (error.Length > 0) return error;
        string name = entry!.Path;
        if (list.IsDirectory && list.Entries.Exists(other => other.Path == name))
            return "file already exists in this directory!";
        string full = TlsDrafts.Under(name, drafts.CrtBase);
        if (!drafts.Certificates.TryGetValue(full, out CertificateFile? file))
            return $"certificate '{name}' does not exist!";
        if (file.IsEmpty) return $"certificate '{name}' is empty!";
        listed = CertificateList.Listed(file, entry with { Number = list.LineCount + 1 }, own.Line);
        return "";
    }

    private static void Delete(AdminRequest request)
    {
        string path = request.Argument(0);
        string name = request.Argument(1);
        if (path.Length == 0 || name.Length == 0)
        {
            request.Refuse("'del ssl crtlist' expects a filename and a certificate name");
            return;
        }
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string error = Delete(request, drafts, path, name);
        if (error.Length > 0) request.Refuse($"Can't delete the entry: {error}");
    }

    private static string Delete(AdminRequest request, TlsDrafts drafts, string path, string name)
    {
        if (Find(drafts, path) is not { } list) return $"crt-list '{path}' does not exist!";
        int number = -1;
        int colon = name.LastIndexOf(':');
        if (colon > 0)
        {
            if (!int.TryParse(name[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number))
                return $"wrong line number after colons in '{name}'!";
            name = name[..colon];
        }
        if (!drafts.Certificates.ContainsKey(TlsDrafts.Under(name, drafts.CrtBase)))
            return $"certificate '{name}' does not exist!";
        List<ListEntry> entries = list.Entries.FindAll(each => each.Path == name);
        ListEntry? entry = number >= 0 ? entries.Find(each => each.Number == number) : entries.Count == 1 ? entries[0] : null;
        if (entries.Count == 0) return $"certificate '{name}' can't be found in crt-list '{list.Path}'!";
        if (entry is null)
        {
            string lines = string.Join(", ", entries.ConvertAll(static each => each.Number));
            return number >= 0
                ? $"found a certificate '{name}' but the line number is incorrect, please specify a correct line number "
                    + $"preceded by colons ({lines})!"
                : $"found the certificate '{name}' in several entries, please specify a line number preceded by colons "
                    + $"({lines})!";
        }
        List<TlsBindDraft> binds = drafts.Binds.FindAll(bind => bind.Certificates.Exists(each => each.Entry == entry));
        StringBuilder needed = new();
        foreach (TlsBindDraft bind in binds)
            if (bind.Certificates[0].Entry == entry && !bind.Target!.StrictNames)
                needed.Append(CultureInfo.InvariantCulture, $"\n\t- {bind.File}:{bind.FileLine}");
        if (needed.Length > 0)
        {
            return $"certificate '{name}' cannot be deleted, it is used as default certificate by the following "
                + $"frontends:{needed}";
        }
        ExchangeContexts exchange = new(drafts);
        foreach (TlsBindDraft bind in binds)
        {
            string error = exchange.Plan(
                bind, bind.Certificates.FindAll(each => each.Entry != entry), static _ => false);
            if (error.Length == 0) continue;
            exchange.Drop();
            return error;
        }
        exchange.Apply(request);
        list.Entries.Remove(entry);
        request.Notify($"Entry '{name}' deleted in crtlist '{list.Path}'!");
        return "";
    }

    private static void ShowNames(AdminRequest request)
    {
        string? frontend = null;
        bool expired = false;
        long offset = 0;
        for (int i = 0; i < request.Arguments.Length; i++)
        {
            string value = request.Argument(i + 1);
            string error = "";
            switch (request.Arguments[i])
            {
                case "-A":
                    expired = true;
                    break;
                case "-f":
                    if (value.Length == 0) error = "'-f' requires a frontend name!";
                    frontend = value;
                    i++;
                    break;
                case "-t":
                    error = ReadOffset(value, out offset);
                    i++;
                    break;
                default:
                    error = "Invalid parameters, 'show ssl sni' only supports '-f', '-A' or '-t' options!";
                    break;
            }
            if (error.Length == 0) continue;
            request.Refuse(error);
            return;
        }
        if (frontend is not null && !IsFrontend(request, frontend))
        {
            request.Refuse("Couldn't find the specified frontend!");
            return;
        }
        request.Answer("# Frontend/Bind\tSNI\tNegative Filter\tType\tFilename\tNotAfter\tNotBefore");
        foreach (TlsBindDraft bind in TlsCommand.Drafts(request).Binds)
            if (frontend is null || bind.Frontend == frontend) ShowNames(request, bind, expired ? offset : null);
    }

    /// <summary>How long before its end a certificate counts as expired. Empty, or what is wrong.</summary>
    private static string ReadOffset(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length == 0) return "'-t' requires an offset argument!";
        UnitFault fault = ConfigurationUnits.TryTimeSeconds(text, out uint offset, out char bad);
        if (fault == UnitFault.BadCharacter) return $"'-t {text}' : unexpected character '{bad}'";
        if (fault != UnitFault.None || offset > int.MaxValue)
            return $"offset overflow '{text}' (maximum value is 2147483647s or ~24855 days)";
        seconds = offset;
        return "";
    }

    private static bool IsFrontend(AdminRequest request, string name)
    {
        foreach (Proxy proxy in request.Services.Configuration.Proxies)
            if (proxy.Name == name && (proxy.Capabilities & ProxyCapabilities.Frontend) != 0) return true;
        return false;
    }

    /// <summary>Names first, then wildcards by what they stand for; a star alone for who serves the rest.</summary>
    private static void ShowNames(AdminRequest request, TlsBindDraft bind, long? endsBefore)
    {
        List<(string Key, ListedCertificate Listed)> exact = [];
        List<(string Key, ListedCertificate Listed)> wild = [];
        bool first = !bind.Target!.StrictNames;
        foreach (ListedCertificate listed in bind.Certificates)
        {
            string[] names = listed.Filters ?? [.. listed.File.Names];
            if (first || listed.IsDefault) wild.Add(("", listed));
            first = false;
            foreach (string name in names)
            {
                if (name.StartsWith('!') || name == "*") continue;
                if (name.StartsWith('*')) wild.Add((name[1..].ToLowerInvariant(), listed));
                else exact.Add((name.ToLowerInvariant(), listed));
            }
        }
        Write(request, bind, exact, "", endsBefore);
        Write(request, bind, wild, "*", endsBefore);
    }

    private static unsafe void Write(
        AdminRequest request, TlsBindDraft bind, List<(string Key, ListedCertificate Listed)> rows, string star,
        long? endsBefore)
    {
        // Stable: those of one name stay in the order of the line.
        int[] order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (left, right) =>
        {
            int byName = string.CompareOrdinal(rows[left].Key, rows[right].Key);
            return byName != 0 ? byName : left.CompareTo(right);
        });
        foreach (int number in order)
        {
            (string key, ListedCertificate listed) = rows[number];
            nint certificate = listed.File.Certificate;
            if (endsBefore is { } offset && !EndsWithin(certificate, offset)) continue;
            StringBuilder taken = new();
            foreach (string filter in star.Length == 0 ? [] : listed.Filters ?? [])
                if (filter.StartsWith('!')) taken.Append(filter).Append(' ');
            string kind = listed.File.Kind switch { TlsKeyKind.Rsa => "rsa", TlsKeyKind.Ecdsa => "ecdsa", _ => "dsa" };
            request.Answer(
                $"{bind.Frontend}/{bind.File}:{bind.FileLine}\t{star}{key}\t{(taken.Length > 0 ? taken : "-")}\t{kind}\t"
                + $"{listed.File.Name}\t{CertificateText.Time(OpenSsl.CertificateNotAfter(certificate))}\t"
                + CertificateText.Time(OpenSsl.CertificateNotBefore(certificate)));
        }
    }

    private static unsafe bool EndsWithin(nint certificate, long seconds)
    {
        long at = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        return OpenSslObjects.TimeCompareTo(OpenSsl.CertificateNotAfter(certificate), &at) < 0;
    }
}
