using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Systems.Http1;
using Engine.Systems.Rules.Actions;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// <c>http-errors</c> sections and the lines that take messages from them or point elsewhere: <c>errorfiles</c>,
/// <c>errorloc</c>, <c>errorloc302</c>, <c>errorloc303</c> (manual sections 4.2 and 12.4).
/// </summary>
internal static unsafe class HttpErrorWords
{
    /// <summary>Among the checks of a proxy: before anything that needs its answers.</summary>
    private const int Order = 160;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("http-errors", SectionKinds.HttpErrors, "<name>", &OpenSection));
        Words.Keywords.Add(new("errorfile", SectionKinds.HttpErrors, "<status> <file>", &ParseFile));
        Words.Keywords.Add(new("errorfiles", SectionKinds.Proxies, "<name> [<status>]...", &ParseFiles));
        foreach (string word in (System.ReadOnlySpan<string>)["errorloc", "errorloc302", "errorloc303"])
            Words.Keywords.Add(new(word, SectionKinds.Proxies, "<status> <url>", &ParseLocation));
        Words.Keywords.Add(new(
            "http-error", SectionKinds.Proxies,
            "status <code> [content-type <type>] [ { default-errorfiles | errorfile <file> | errorfiles <name> | file <file> "
            + "| lf-file <file> | string <str> | lf-string <fmt> } ] [ hdr <name> <fmt> ]*", &ParseError));
        Words.ProxyChecks.Add(new("errorfiles", Order, &Resolve));
    }

    private static void OpenSection(Directive line)
    {
        HttpErrorSections sections = line.Draft.Parts.Get<HttpErrorSections>();
        sections.Open = new HttpErrorSection(line.File, line.Line);
        string name = line[1];
        if (name.Length == 0) line.Alert("missing name for http-errors section.");
        else if (sections.ByName.TryGetValue(name, out HttpErrorSection? twin))
        {
            line.AlertTight($"http-errors section '{name}' already exists (declared at {twin.File}:{twin.Line}).");
        }
        else sections.ByName.Add(name, sections.Open);
    }

    private static void ParseFile(Directive line)
    {
        if (line.Count < 3)
        {
            line.Alert("errorfile: expects <status_code> and <file> as arguments.");
            return;
        }
        HttpErrorSection? open = line.Draft.Parts.Get<HttpErrorSections>().Open;
        int status = ConfigurationUnits.Integer(line[1]);
        if (open is not null && ErrorFileWords.TryLoad(line, status, line[2], out StoredMessage? message))
            open.Replies.Set(status, message);
    }

    private static void ParseFiles(Directive line)
    {
        if (line.Count < 2)
        {
            line.Alert("errorfiles : expects <name> as argument.");
            return;
        }
        List<int> statuses = [];
        for (int i = 2; i < line.Count; i++)
        {
            int status = ConfigurationUnits.Integer(line[i]);
            if (!ErrorFileWords.IsHandled(status))
            {
                line.Alert($"errorfiles : status code '{status}' not handled.");
                return;
            }
            statuses.Add(status);
        }
        line.Proxy.Parts.Get<ErrorFilesPart>().Lines.Add(new(line[1], [.. statuses], null, line.File, line.Line));
    }

    private static void ParseError(Directive line)
    {
        if (ParseReply.RunError(line, out string? section) is not { } reply) return;
        int status = reply.Status;
        if (!ErrorFileWords.IsHandled(status)) line.Alert($"http-error: status code '{status}' not handled.");
        else if (section is not null)
            line.Proxy.Parts.Get<ErrorFilesPart>().Lines.Add(new(section, [status], null, line.File, line.Line));
        else if (!reply.IsErrorReply)
        {
            line.Proxy.Parts.Get<ErrorFilesPart>().Lines.Add(
                new(null, [status], null, line.File, line.Line) { Made = reply });
        }
    }

    /// <summary>303 tells the client to ask with GET; the others leave that to it.</summary>
    private static void ParseLocation(Directive line)
    {
        if (line.Count < 3) line.Alert($"{line[0]} : expects <status_code> and <url> as arguments.");
        else if (line.Count > 3) line.Alert($"{line[0]} : expects exactly two arguments.");
        else if (ConfigurationUnits.Integer(line[1]) is var status && !ErrorFileWords.IsHandled(status))
            line.Alert($"{line[0]} : status code '{status}' not handled.");
        else
        {
            string start = line[0] == "errorloc303" ? "303 See Other" : "302 Found";
            string message = $"HTTP/1.1 {start}\r\ncache-control: no-cache\r\ncontent-length: 0\r\nlocation: {line[2]}\r\n\r\n";
            ErrorFileWords.Add(line, status, StoreMessage.TryRun(Encoding.Latin1.GetBytes(message))!);
        }
    }

    private static void Resolve(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<ErrorFilesPart>() is not { } part) return;
        HttpErrorSections sections = draft.Parts.Get<HttpErrorSections>();
        ErrorReplies replies = new();
        proxy.Target.Errors = replies;
        foreach (ErrorFilesLine line in part.Lines)
        {
            if (line.Name is null)
            {
                if (line.Made is not null) replies.SetMade(line.Statuses[0], line.Made);
                else replies.Set(line.Statuses[0], line.Message!);
                continue;
            }
            if (!sections.ByName.TryGetValue(line.Name, out HttpErrorSection? section))
            {
                draft.Diagnostics.AlertBare($"proxy '{proxy.Name}': unknown http-errors section '{line.Name}' "
                    + $"(at {line.File}:{line.Line}).");
                continue;
            }
            foreach (int status in line.Statuses.Length > 0 ? line.Statuses : ErrorFileWords.Statuses)
            {
                if (section.Replies.Find(status) is { } message) replies.Set(status, message);
            }
        }
    }
}
