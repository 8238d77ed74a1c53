using System;
using System.Text;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// What <c>-dK</c> prints: the registered words by class, in the shape editors build their completion from.
/// </summary>
public static class KeywordListing
{
    private static readonly string[] Classes = ["acl", "cfg", "cli", "cnv", "flt", "smp", "svc"];

    // Columns of the sample listing, first to last.
    private static readonly string[] Places =
    [
        "frontend tcp-request connection rule", "frontend tcp-request session rule",
        "frontend tcp-request content rule", "frontend http-request header rule",
        "frontend http-request body rule", "frontend use-backend rule", "backend tcp-request content rule",
        "backend http-request header rule", "backend http-request body rule",
        "backend use-server, balance or stick-match rule", "server source selection",
        "backend tcp-response content rule", "backend http-response header rule",
        "backend http-response body rule", "backend stick-store rule", "frontend tcp-response content rule",
        "frontend http-response header rule", "frontend http-response body rule", "logs",
        "backend tcp-check rule", "configuration parser", "CLI parser",
    ];

    /// <summary>The listing of classes separated by commas; <c>all</c> and <c>help</c> are understood.</summary>
    public static string Of(string classes)
    {
        StringBuilder text = new();
        foreach (Range range in classes.AsSpan().Split(','))
        {
            ReadOnlySpan<char> name = classes.AsSpan(range);
            if (name is "all")
            {
                foreach (string each in Classes) Append(text, each);
            }
            else if (name is "help") AppendHelp(text);
            else Append(text, name);
        }
        return text.ToString();
    }

    private static void AppendHelp(StringBuilder text) =>
        text.Append("""
            # List of supported keyword classes:
            all: list all keywords
            acl: ACL keywords
            cfg: configuration keywords
            cli: CLI keywords
            cnv: sample converter keywords
            flt: filter names
            smp: sample fetch functions
            svc: service names

            """);

    private static void Append(StringBuilder text, ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "acl":
                AppendAcls(text);
                break;
            case "cfg":
                ConfigurationKeywordListing.Append(text);
                break;
            case "cli":
                AppendCommands(text);
                break;
            case "cnv":
                AppendConverters(text);
                break;
            case "flt":
                AppendWords(text, "filter names", Words.Filters);
                break;
            case "smp":
                AppendFetches(text);
                break;
            case "svc":
                AppendWords(text, "service names", Words.Services);
                break;
        }
    }

    private static void AppendAcls(StringBuilder text)
    {
        text.Append("# List of registered ACL keywords:\n");
        foreach (AclWord row in Words.AclWords.Rows)
            text.Append($"{row.Word} = {row.Fetch} -m {row.Match}\n");
    }

    private static void AppendCommands(StringBuilder text)
    {
        text.Append("# List of registered CLI keywords:\n");
        foreach (CliCommand row in Words.CliCommands.Rows)
        {
            text.Append(row.Word).Append(' ');
            if (row.OnMaster) text.Append("[MASTER] ");
            if (row.OnWorker) text.Append("[WORKER] ");
            if (row.Expert) text.Append("[EXPERT] ");
            if (row.Experimental) text.Append("[EXPERIM] ");
            text.Append('\n');
        }
    }

    private static void AppendConverters(StringBuilder text)
    {
        text.Append("# List of registered sample converter functions:\n");
        foreach (ConverterWord row in Words.Converters.Rows)
        {
            string output = row.KeepsType ? "same" : NameOf(row.Output);
            text.Append($"{row.Word}{row.Arguments}: {output} => {NameOf(row.Input)}\n");
        }
    }

    private static void AppendFetches(StringBuilder text)
    {
        text.Append("# List of registered sample fetch functions:\n");
        int count = Places.Length;
        for (int i = 0; i < count; i++)
        {
            text.Append('#').Append(' ', count - i + 1);
            for (int j = 0; j < i; j++) text.Append("/ ");
            text.Append("_.").Append('-', count - i).Append(' ').Append(Places[i]).Append('\n');
        }
        text.Append("# ").Insert(text.Length, "/ ", count).Append(" \n# ").Insert(text.Length, "| ", count).Append('\n');
        foreach (FetchWord row in Words.Fetches.Rows)
        {
            text.Append('[');
            for (int i = 0; i < count; i++) text.Append(((uint)row.Places >> i & 1) != 0 ? " Y" : " .");
            string type = NameOf(row.Output);
            text.Append($" ] {row.Word}{row.Arguments}: {type}\n");
        }
    }

    private static void AppendWords<TRow>(StringBuilder text, string what, Registry<TRow> registry)
        where TRow : Row
    {
        text.Append($"# List of registered {what}:\n");
        foreach (TRow row in registry.Rows) text.Append(row.Word).Append('\n');
    }

    private static string NameOf(SampleType type) =>
        type switch
        {
            SampleType.Boolean => "bool",
            SampleType.Integer => "sint",
            SampleType.Address => "addr",
            SampleType.Ipv4 => "ipv4",
            SampleType.Ipv6 => "ipv6",
            SampleType.String => "str",
            SampleType.Binary => "bin",
            SampleType.Method => "meth",
            _ => "any",
        };
}
