using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The TLS options of <c>bind</c> lines (manual section 5.1).</summary>
internal static unsafe class TlsBindWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("ssl", 0, "", &Ssl);
        Add("crt", 1, "<cert>", &Certificate);
        Add("crt-list", 1, "<file>", &List);
        Add("default-crt", 1, "<cert>", &DefaultCertificate);
        Add("strict-sni", 0, "", &StrictNames);
        Add("no-strict-sni", 0, "", &LaxNames);
        Add("tls-ticket-keys", 1, "<keyfile>", &Tickets);
        Add("generate-certificates", 0, "", &Forge);
        Add("ca-sign-file", 1, "<cafile>", &SignFile);
        Add("ca-sign-pass", 1, "<passphrase>", &SignPassword);
        foreach (string word in TlsLineWords.All)
            Add(word, TlsLineWords.ArgumentsOf(word), TlsLineWords.UsageOf(word), &Shared);
    }

    private static void Add(string word, int arguments, string usage, delegate*<Directive, BindDraft, void> parse) =>
        Words.BindOptions.Add(new(word, arguments, usage, parse) { Group = "ssl" });

    private static void Ssl(Directive line, BindDraft bind)
    {
        if (bind.ForAdmin)
        {
            Refuse(line, bind, "'ssl' is not supported yet.");
            return;
        }
        line.Draft.Target.Tls ??= TlsLibrary.Load(out string error);
        if (line.Draft.Target.Tls is null)
        {
            _ = TlsLibrary.Load(out error);
            Refuse(line, bind, $"'ssl' : {error}");
            return;
        }
        TlsBindDraft tls = bind.Parts.Get<TlsBindDraft>();
        tls.IsOn = true;
        tls.Defaults ??= line.Draft.Parts.Get<TlsDrafts>().BindDefaults.Copy();
    }

    private static void Certificate(Directive line, BindDraft bind) => Take(line, bind, "crt", isDefault: false);

    private static void DefaultCertificate(Directive line, BindDraft bind) =>
        Take(line, bind, "default-crt", isDefault: true);

    private static void List(Directive line, BindDraft bind)
    {
        string path = line.Next();
        string error = "";
        if (path.Length == 0) error = "missing certificate location";
        else if (TlsLibrary.Load(out string missing) is null) error = missing;
        if (error.Length == 0)
        {
            TlsBindDraft tls = bind.Parts.Get<TlsBindDraft>();
            TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
            drafts.Alert = line.Diagnostics.Alert;
            error = CertificateList.Read(drafts, path, tls.Certificates);
            tls.Lists.Add(path);
        }
        if (error.Length == 0) return;
        Refuse(line, bind, Indented($"'crt-list' : {error.TrimEnd('\n')}"));
    }

    /// <summary>A text of several lines begins on one of its own.</summary>
    private static string Indented(string text) => text.Contains('\n') ? $"\n  {text.Replace("\n", "\n  ")}" : text;

    private static void Take(Directive line, BindDraft bind, string word, bool isDefault)
    {
        string path = line.Next();
        if (path.Length == 0)
        {
            Refuse(line, bind, $"'{word}' : missing certificate location");
            return;
        }
        if (TlsLibrary.Load(out string error) is null)
        {
            Refuse(line, bind, $"'{word}' : {error}");
            return;
        }
        List<CertificateFile> loaded = [];
        TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
        drafts.Alert = line.Diagnostics.Alert;
        if (drafts.Certificates.TryGetValue(TlsDrafts.Under(path, drafts.CrtBase), out CertificateFile? known)
            && LoadWords.Conflict(known, drafts.Ocsp.IsOnByDefault) is { Length: > 0 } conflict)
        {
            line.Complain($"{bind.What} : {Indented(conflict)}"); // told and passed over, as in the reference
            return;
        }
        string refused = ReadCertificates.Run(drafts, path, loaded);
        if (refused.Length > 0)
        {
            Refuse(line, bind, Indented(refused));
            return;
        }
        TlsBindDraft tls = bind.Parts.Get<TlsBindDraft>();
        // All kinds of keys of one name serve the rest where it is the first.
        isDefault |= tls.Certificates.Count == 0 && loaded.Count > 1 && !Directory.Exists(TlsDrafts.Under(path, drafts.CrtBase));
        string full = TlsDrafts.Under(path, drafts.CrtBase).TrimEnd('/');
        ListFile? list = drafts.Lists.GetValueOrDefault(full);
        if (list is not null) tls.Lists.Add(full);
        foreach (CertificateFile file in loaded)
        {
            if (!file.IsExpired) continue;
            line.Hint($"{bind.What} : the certificate of '{file.Name}' has expired or is not valid yet.");
        }
        foreach (CertificateFile file in loaded)
        {
            ListEntry? entry = list?.Entries.Find(entry => entry.Path == file.Name);
            tls.Certificates.Add(new(file, null, null, isDefault, entry));
        }
    }

    private static void StrictNames(Directive line, BindDraft bind) => bind.Parts.Get<TlsBindDraft>().StrictNames = true;

    private static void LaxNames(Directive line, BindDraft bind) => bind.Parts.Get<TlsBindDraft>().StrictNames = false;

    private static void Tickets(Directive line, BindDraft bind)
    {
        string path = line.Next();
        if (path.Length == 0) Refuse(line, bind, "'tls-ticket-keys' : missing TLS ticket keys file path");
        else if (TicketKeys.Load(line.Draft.Parts.Get<TlsDrafts>(), path, out string error) is { } keys)
            bind.Parts.Get<TlsBindDraft>().TicketKeys = keys;
        else Refuse(line, bind, error);
    }

    private static void Forge(Directive line, BindDraft bind) => bind.Parts.Get<TlsBindDraft>().Forges = true;

    private static void SignFile(Directive line, BindDraft bind)
    {
        string path = line.Next();
        if (path.Length == 0) Refuse(line, bind, "'ca-sign-file' : missing CAfile path");
        else bind.Parts.Get<TlsBindDraft>().SignFile = TlsDrafts.Under(path, line.Draft.Parts.Get<TlsDrafts>().CaBase);
    }

    private static void SignPassword(Directive line, BindDraft bind)
    {
        string password = line.Next();
        if (password.Length == 0) Refuse(line, bind, "'ca-sign-pass' : missing CAkey password");
        else bind.Parts.Get<TlsBindDraft>().SignPassword = password;
    }

    /// <summary>Words that entries of a <c>crt-list</c> may have too.</summary>
    private static void Shared(Directive line, BindDraft bind)
    {
        string word = line[line.Position - 1];
        TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
        drafts.Warn = line.Diagnostics.Warn;
        string? error = TlsLineWords.Read(word, line.Next, bind.Parts.Get<TlsBindDraft>().Line, drafts, out string notice);
        if (notice.Length > 0) line.Diagnostics.Alert(notice);
        if (error is not null) Refuse(line, bind, error);
    }

    /// <summary>The line is read: its listeners are encrypted if it said <c>ssl</c>.</summary>
    public static void Finish(Directive line, BindDraft bind, string list, int first)
    {
        if (bind.Parts.Find<TlsBindDraft>() is not { IsOn: true } tls) return;
        tls.Text = list;
        tls.File = line.File;
        tls.FileLine = line.Line;
        tls.What = bind.What;
        for (int i = first; i < line.Proxy.Listeners.Count; i++) tls.Listeners.Add(line.Proxy.Listeners[i]);
        line.Draft.Parts.Get<TlsDrafts>().Binds.Add(tls);
    }

    private static void Refuse(Directive line, BindDraft bind, string text)
    {
        bind.Parts.Get<TlsBindDraft>().HasFaults = true;
        line.Alert(bind.ForAdmin ? $"{bind.What} : '{text}'" : $"{bind.What} : {text}");
    }
}
