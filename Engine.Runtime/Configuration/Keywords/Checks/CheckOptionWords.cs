using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>The <c>option</c> words that choose a kind of check (manual section 4.2).</summary>
internal static unsafe class CheckOptionWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("httpchk", "[ <method> ] <uri> [ <version> [ <host> ] ]", &Http);
        Add("tcp-check", "", &Tcp);
        Add("mysql-check", "[ user <username> [ { pre-41 | post-41 | post-80 } ] ]", &Mysql);
        Add("pgsql-check", "user <username>", &Pgsql);
        Add("redis-check", "", &Redis);
        Add("smtpchk", "[ <hello> <domain> ]", &Smtp);
        Add("ldap-check", "", &Ldap);
        Add("ssl-hello-chk", "", &TlsHello);
        Add("spop-check", "", &Spop);
        // In a frontend it is checked as in a backend, without a word that it is ignored.
        Words.Options.Add(new("external-check", SectionKinds.Proxies, "") { Parse = &External, MayBeNegated = false });
        Words.Options.Add(new("log-health-checks", SectionKinds.BackendSide, "")
        {
            Bit = ProxyOptions.LogHealthChecks,
        });
    }

    private static void Add(string word, string usage, delegate*<Directive, void> parse) =>
        Words.Options.Add(new(word, SectionKinds.BackendSide, usage) { Parse = parse, MayBeNegated = false });

    private static void Http(Directive line)
    {
        if (line.Count > 6)
        {
            line.RefuseWord("option httpchk", line[6]);
            return;
        }
        if (line[4].AsContainsLineEnd())
        {
            line.Alert("'option httpchk' : hiding headers or body at the end of the version string is unsupported."
                + "Use 'http-check send' directive instead..");
            return;
        }
        CheckPart part = Choose(line, CheckKind.Http);
        part.BeginOwnHttp(request: true);
        part.Method = line.Count > 3 ? line[2] : "OPTIONS";
        part.Target = line.Count > 3 ? line[3] : line.Count > 2 ? line[2] : "/";
        part.Version = line.Count > 4 ? line[4] : "HTTP/1.0";
        part.Host = line[5];
    }

    private static bool AsContainsLineEnd(this string text) => text.Contains('\r') || text.Contains('\n');

    private static void Tcp(Directive line) => Plain(line, CheckKind.Tcp);

    private static void Redis(Directive line) => Plain(line, CheckKind.Redis);

    private static void Ldap(Directive line) => Plain(line, CheckKind.Ldap);

    private static void TlsHello(Directive line) => Plain(line, CheckKind.TlsHello);

    private static void Spop(Directive line) => Plain(line, CheckKind.Spop);

    private static void External(Directive line) => Plain(line, CheckKind.External);

    private static void Mysql(Directive line)
    {
        if (line.Count > 5)
        {
            line.RefuseWord("option mysql-check", line[5]);
            return;
        }
        if (line.Count > 2 && line[2] != "user")
        {
            line.Alert($"'option mysql-check' only supports optional values: 'user' (got '{line[2]}').");
            return;
        }
        if (line.Count == 3)
        {
            line.Alert("'option mysql-check user' expects <username> as argument.");
            return;
        }
        if (line.Count > 4 && line[4] is not ("pre-41" or "post-41" or "post-80"))
        {
            line.Alert($"keyword 'user' only supports 'post-41', 'pre-41' and 'post-80' (got '{line[4]}').");
            return;
        }
        CheckPart part = Choose(line, CheckKind.Mysql);
        part.Argument = line[3];
        part.Variant = line[4];
    }

    private static void Pgsql(Directive line)
    {
        if (line.Count > 4) line.RefuseWord("option pgsql-check", line[4]);
        else if (line.Count < 4) line.Alert("'option pgsql-check' expects 'user <username>' as argument.");
        else if (line[2] != "user") line.Alert("'option pgsql-check' only supports optional values: 'user'.");
        else Choose(line, CheckKind.Pgsql).Argument = line[3];
    }

    private static void Smtp(Directive line)
    {
        if (line.Count > 4)
        {
            line.RefuseWord("option smtpchk", line[4]);
            return;
        }
        CheckPart part = Choose(line, CheckKind.Smtp);
        // What is neither greeting is not used, and the usual one is.
        bool greets = line[2] is "EHLO" or "HELO" && line[3].Length > 0;
        part.Argument = greets ? $"{line[2]} {line[3]}" : "HELO localhost";
    }

    private static void Plain(Directive line, CheckKind kind)
    {
        if (line.Count > 2) line.RefuseWord($"option {line[1]}", line[2]);
        else Choose(line, kind);
    }

    private static CheckPart Choose(Directive line, CheckKind kind)
    {
        CheckPart part = CheckPart.Of(line);
        part.Kind = kind;
        part.Argument = "";
        part.Variant = "";
        return part;
    }
}
