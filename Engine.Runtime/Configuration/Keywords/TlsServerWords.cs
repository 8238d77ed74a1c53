using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Runtime.Tls;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The TLS options of <c>server</c> and <c>default-server</c> lines (manual section 5.2).</summary>
internal static unsafe class TlsServerWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ServerOption> words = Words.ServerOptions;
        words.Add(new("ssl", 0, "", &Ssl));
        words.Add(new("no-ssl", 0, "", &NoSsl));
        words.Add(new("crt", 1, "<cert>", &Certificate));
        words.Add(new("sni", 1, "<expression>", &Name));
        words.Add(new("sni-auto", 0, "", &NameAutomatic));
        words.Add(new("no-sni-auto", 0, "", &NameNotAutomatic));
        words.Add(new("verifyhost", 1, "<hostname>", &VerifyHost));
        words.Add(new("no-verifyhost", 0, "", &NoVerifyHost));
        words.Add(new("ssl-reuse", 0, "", &Reuse));
        words.Add(new("no-ssl-reuse", 0, "", &NoReuse));
        words.Add(new("renegotiate", 0, "", &Renegotiate));
        words.Add(new("no-renegotiate", 0, "", &NoRenegotiate));
        words.Add(new("check-ssl", 0, "", &CheckEncrypted));
        words.Add(new("no-check-ssl", 0, "", &CheckClear));
        words.Add(new("check-sni", 1, "<sni>", &CheckName));
        foreach (string word in TlsLineWords.All)
        {
            if (TlsLineWords.IsForServers(word))
                words.Add(new(word, TlsLineWords.ArgumentsOf(word), TlsLineWords.UsageOf(word), &Shared));
        }
    }

    private static TlsServerDraft Part(ServerDraft server) => server.Parts.Get<TlsServerDraft>();

    private static void Ssl(Directive line, ServerDraft server)
    {
        if (TlsLibrary.Load(out string error) is { } settings)
        {
            line.Draft.Target.Tls = settings;
            Part(server).IsOn = true;
            KeepDefaults(line, server);
            server.Target.RefusesTls = false;
        }
        else
        {
            Refuse(line, server, $"'ssl' : {error}.");
        }
    }

    private static void NoSsl(Directive line, ServerDraft server)
    {
        TlsServerDraft part = Part(server);
        part.IsReady |= part.IsOn;
        part.IsOn = false;
        server.Target.RefusesTls = true;
    }

    private static void Certificate(Directive line, ServerDraft server)
    {
        string path = line.Next();
        if (path.Length == 0)
        {
            Refuse(line, server, "'crt' : missing certificate file path.");
            return;
        }
        if (TlsLibrary.Load(out string error) is null)
        {
            Refuse(line, server, $"'crt' : {error}.");
            return;
        }
        TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
        drafts.Alert = line.Diagnostics.Alert;
        Part(server).CertificatePath = TlsDrafts.Under(path, drafts.CrtBase);
    }

    private static void Name(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            Refuse(line, server, "'sni' : missing sni expression.");
            return;
        }
        Part(server).Name = text;
        // The defaults of a section are no place of their own: what is wrong is told where a server is made of them.
        ParsePlace place = new(line.Draft, line.Proxy, line.File, line.Line, SamplePlaces.Request);
        if (ParseExpression.Run(place, text, out string error) is null)
            Refuse(line, server, $"error detected while parsing sni or pool-conn-name expressions : {error}.");
    }

    private static void NameAutomatic(Directive line, ServerDraft server) => Part(server).NamesItself = true;

    private static void NameNotAutomatic(Directive line, ServerDraft server) => Part(server).NamesItself = false;

    private static void VerifyHost(Directive line, ServerDraft server)
    {
        string host = line.Next();
        if (host.Length == 0) Refuse(line, server, "'verifyhost' : missing hostname to verify against.");
        else Part(server).VerifyHost = host;
    }

    private static void NoVerifyHost(Directive line, ServerDraft server) => Part(server).VerifyHost = null;

    private static void Reuse(Directive line, ServerDraft server) => Part(server).ReusesSessions = true;

    private static void NoReuse(Directive line, ServerDraft server) => Part(server).ReusesSessions = false;

    private static void Renegotiate(Directive line, ServerDraft server) => Part(server).Renegotiates = true;

    private static void NoRenegotiate(Directive line, ServerDraft server) => Part(server).Renegotiates = false;

    private static void CheckEncrypted(Directive line, ServerDraft server)
    {
        line.Draft.Target.Tls ??= TlsLibrary.Load(out _);
        if (line.Draft.Target.Tls is null)
        {
            Refuse(line, server, "'check-ssl' : the OpenSSL library cannot be loaded.");
            return;
        }
        Part(server).ChecksEncrypted = true;
        KeepDefaults(line, server);
    }

    private static void KeepDefaults(Directive line, ServerDraft server) =>
        Part(server).Defaults ??= line.Draft.Parts.Get<TlsDrafts>().ServerDefaults.Copy();

    private static void CheckClear(Directive line, ServerDraft server) => Part(server).ChecksEncrypted = false;

    private static void CheckName(Directive line, ServerDraft server)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, server, "'check-sni' : missing SNI.");
        else Part(server).CheckName = name;
    }

    private static void Shared(Directive line, ServerDraft server)
    {
        string word = line[line.Position - 1];
        TlsDrafts drafts = line.Draft.Parts.Get<TlsDrafts>();
        drafts.Warn = line.Diagnostics.Warn;
        string? error = TlsLineWords.Read(word, line.Next, Part(server).Line, drafts, out string notice);
        if (word == "verify" && Part(server).Line.Verify == 1 && error is null)
            error = "'verify' : unknown verify method 'optional', only 'none' and 'required' are supported";
        error = error?.Replace("only 'none', 'optional', and 'required'", "only 'none' and 'required'");
        if (notice.Length > 0) Refuse(line, server, notice);
        if (error is not null && notice.Length > 0) line.Diagnostics.Alert(error + ".");
        else if (error is not null) Refuse(line, server, error + ".");
    }

    private static void Refuse(Directive line, ServerDraft server, string text)
    {
        Part(server).HasFaults = true;
        ServerKeyword.Refuse(line, server, text);
    }
}
