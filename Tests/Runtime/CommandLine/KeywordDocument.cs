using System;
using System.Text;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Tests.Runtime.CommandLine;

/// <summary>Makes <c>docs/KEYWORDS.md</c> from the registries.</summary>
internal sealed class KeywordDocument
{
    private readonly StringBuilder text = new();

    public static string Make()
    {
        KeywordDocument document = new();
        document.Write();
        return document.text.ToString();
    }

    private void Write()
    {
        text.Append("""
            # The words Sluice understands

            Made from the tables that the program itself works with; a test fails when it is not current, and writes it anew with
            `UPDATE_SNAPSHOTS=1`. What is not here is refused. HAProxy's manual tells what each word means.

            """);
        Keywords("Global section", SectionKinds.Global);
        Keywords("Proxies", SectionKinds.Proxies);
        foreach (SectionWord section in Words.Sections.Rows)
        {
            if ((section.Kind & (SectionKinds.Global | SectionKinds.Proxies)) == 0)
                Keywords($"Section {section.Word}", section.Kind);
        }
        Options();
        Rows("bind", Words.BindOptions);
        Rows("server", Words.ServerOptions);
        Rows("balance", Words.BalanceAlgorithms);
        Rows("tcp-request connection", Words.TcpConnectionActions);
        Rows("tcp-request session", Words.TcpSessionActions);
        Rows("tcp-request content", Words.TcpRequestActions);
        Rows("tcp-response content", Words.TcpResponseActions);
        Rows("http-request", Words.HttpRequestActions);
        Rows("http-response", Words.HttpResponseActions);
        Rows("http-after-response", Words.HttpAfterResponseActions);
        Fetches();
        Converters();
        Acls();
        Rows("Match methods", Words.Matches);
        Rows("Log format aliases", Words.LogAliases);
        Rows("Conditions (.if, -cc)", Words.Predicates);
        Rows("filter", Words.Filters);
        Rows("Services", Words.Services);
        Rows("Runtime API", Words.CliCommands);
    }

    private void Head(string title, string columns)
    {
        text.Append($"\n## {title}\n\n| {columns} |\n|");
        foreach (string _ in columns.Split('|')) text.Append("---|");
        text.Append('\n');
    }

    private void Rows<TRow>(string title, Registry<TRow> registry)
        where TRow : Row
    {
        if (registry.Rows.IsEmpty) return;
        Head(title, "word | takes");
        foreach (TRow row in registry.Rows) text.Append($"| {Word(row)} | {Usage(row.Usage)} |\n");
    }

    private void Keywords(string title, SectionKinds kinds)
    {
        bool isProxy = kinds == SectionKinds.Proxies;
        Head(title, isProxy ? "word | defaults, frontend, listen, backend | takes" : "word | takes");
        foreach (Keyword row in Words.Keywords.Rows)
        {
            if ((row.Sections & kinds) == 0) continue;
            string places = isProxy ? $" | {Places(row.Sections)}" : "";
            text.Append($"| {Word(row)}{places} | {Usage(row.Usage)} |\n");
        }
    }

    private void Options()
    {
        Head("option", "word | defaults, frontend, listen, backend | takes");
        foreach (OptionWord row in Words.Options.Rows)
            text.Append($"| {Word(row)} | {Places(row.Sections)} | {Usage(row.Usage)} |\n");
    }

    private void Fetches()
    {
        Head("Sample fetches", "word | type");
        foreach (FetchWord row in Words.Fetches.Rows)
            text.Append($"| `{row.Word}{row.Arguments}` | {TypeName(row.Output)} |\n");
    }

    private void Converters()
    {
        Head("Converters", "word | from | to");
        foreach (ConverterWord row in Words.Converters.Rows)
        {
            string output = row.KeepsType ? "same" : TypeName(row.Output);
            text.Append($"| `{row.Word}{row.Arguments}` | {TypeName(row.Input)} | {output} |\n");
        }
    }

    private void Acls()
    {
        Head("ACL words", "word | is");
        foreach (AclWord row in Words.AclWords.Rows) text.Append($"| `{row.Word}` | `{row.Fetch} -m {row.Match}` |\n");
    }

    private static string Word(Row row) => $"`{row.Word}{(row.MatchesPrefix ? "*" : "")}`";

    private static string Usage(string usage) =>
        usage.Length == 0 ? "" : $"`{usage.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Places(SectionKinds sections)
    {
        StringBuilder places = new();
        foreach (SectionKinds kind in (ReadOnlySpan<SectionKinds>)
            [SectionKinds.Defaults, SectionKinds.Frontend, SectionKinds.Listen, SectionKinds.Backend])
        {
            places.Append(places.Length > 0 ? " " : "").Append((sections & kind) != 0 ? 'x' : '-');
        }
        return places.ToString();
    }

    private static string TypeName(SampleType type) =>
        type switch
        {
            SampleType.None => "any",
            SampleType.Boolean => "boolean",
            SampleType.Integer => "integer",
            SampleType.Address => "ip",
            SampleType.Ipv4 => "ipv4",
            SampleType.Ipv6 => "ipv6",
            SampleType.String => "string",
            SampleType.Binary => "binary",
            _ => "method",
        };
}
