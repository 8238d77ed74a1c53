using System.Text;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.CommandLine;

/// <summary>The <c>cfg</c> class of <c>-dK</c>: keywords by section, options and actions as lines of their own.</summary>
internal static class ConfigurationKeywordListing
{
    public static void Append(StringBuilder text)
    {
        text.Append("# List of registered configuration keywords:\n");
        // One block for all proxies, under the section that takes every word of theirs.
        AppendKeywords(text, "global", SectionKinds.Global);
        AppendKeywords(text, "listen", SectionKinds.Proxies);
        AppendBindOptions(text, "");
        AppendBindOptions(text, "ssl");
        foreach (ServerOption row in Words.ServerOptions.Rows)
            AppendOption(text, "server <name> <addr>", row.Word, row.ArgumentCount);
        foreach (OptionWord row in Words.Options.Rows) AppendProxyOption(text, row);
        AppendActions(text, "tcp-request connection", Words.TcpConnectionActions);
        AppendActions(text, "tcp-request session", Words.TcpSessionActions);
        AppendActions(text, "tcp-request content", Words.TcpRequestActions);
        AppendActions(text, "tcp-response content", Words.TcpResponseActions);
        AppendActions(text, "http-request", Words.HttpRequestActions);
        AppendActions(text, "http-response", Words.HttpResponseActions);
        AppendActions(text, "http-after-response", Words.HttpAfterResponseActions);
        AppendOtherSections(text);
        text.Append("crt-list\n");
        foreach (string word in ListWords.Options)
            AppendOption(text, "", word, TlsLineWords.ArgumentsOf(word));
    }

    /// <summary>The word that a group is named for is not listed in it.</summary>
    private static void AppendBindOptions(StringBuilder text, string group)
    {
        string line = group.Length == 0 ? "bind <addr>" : $"bind <addr> {group}";
        foreach (BindOption row in Words.BindOptions.Rows)
            if (row.Group == group && row.Word != group) AppendOption(text, line, row.Word, row.ArgumentCount);
    }

    private static void AppendKeywords(StringBuilder text, string section, SectionKinds kinds)
    {
        text.Append(section).Append('\n');
        string last = "";
        foreach (Keyword row in Words.Keywords.Rows)
        {
            if ((row.Sections & kinds) == 0 || row.Word == last) continue;
            last = row.Word;
            text.Append('\t').Append(row.Word).Append(row.MatchesPrefix ? "*\n" : "\n");
        }
    }

    private static void AppendOtherSections(StringBuilder text)
    {
        foreach (SectionWord section in Words.Sections.Rows)
        {
            if ((section.Kind & (SectionKinds.Global | SectionKinds.Proxies)) == 0)
                AppendKeywords(text, section.Word, section.Kind);
        }
    }

    private static void AppendOption(StringBuilder text, string line, string word, int argumentCount)
    {
        text.Append('\t').Append(line).Append(line.Length == 0 ? "" : " ").Append(word);
        if (argumentCount != 0) text.Append(" +").Append(argumentCount);
        text.Append('\n');
    }

    private static void AppendProxyOption(StringBuilder text, OptionWord row)
    {
        text.Append("\toption ").Append(row.Word).Append(" [");
        if ((row.Sections & SectionKinds.Frontend) != 0) text.Append(" FE");
        if ((row.Sections & SectionKinds.Backend) != 0) text.Append(" BE");
        if (row.HttpOnly) text.Append(" HTTP");
        text.Append(" ]\n");
    }

    private static void AppendActions(StringBuilder text, string rules, Registry<ActionWord> registry)
    {
        foreach (ActionWord row in registry.Rows)
            text.Append('\t').Append(rules).Append(' ').Append(row.Word).Append(row.MatchesPrefix ? "*\n" : "\n");
    }
}
