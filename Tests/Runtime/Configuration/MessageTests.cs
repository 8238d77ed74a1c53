using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Tests.Corpora.Configuration;
using Xunit;

namespace Tests.Runtime.Configuration;

/// <summary>Every word accepted and refused, message for message.</summary>
public sealed class MessageTests
{
    public static TheoryData<int, string, string> Words => Rows(ConfigurationCorpus.Words("words.txt"));

    public static TheoryData<int, string, string> Rules => Rows(ConfigurationCorpus.Words("rules.txt"));

    public static TheoryData<int, string, string> Actions => Rows(ConfigurationCorpus.Words("actions.txt"));

    public static TheoryData<int, string, string> Sticky => Rows(ConfigurationCorpus.Words("sticky.txt"));

    public static TheoryData<int, string, string> Connections => Rows(ConfigurationCorpus.Words("connections.txt"));

    public static TheoryData<int, string, string> Sockets => Rows(ConfigurationCorpus.Words("sockets.txt"));

    public static TheoryData<int, string, string> Checks => Rows(ConfigurationCorpus.Words("checks.txt"));

    public static TheoryData<int, string, string> Refusals => Rows(ConfigurationCorpus.Words("refusals.txt"));

    public static TheoryData<int, string, string> Files => Rows(ConfigurationCorpus.Files());

    [Theory]
    [MemberData(nameof(Words))]
    [MemberData(nameof(Rules))]
    [MemberData(nameof(Actions))]
    [MemberData(nameof(Sticky))]
    [MemberData(nameof(Connections))]
    [MemberData(nameof(Sockets))]
    [MemberData(nameof(Checks))]
    [MemberData(nameof(Refusals))]
    [MemberData(nameof(Files))]
    public void What_is_said_of_a_text(int corpusLine, string text, string said)
    {
        Parsed parsed = Parsed.Of(text);
        Assert.True(said == parsed.Said(), $"corpus line {corpusLine}:\n{text}=>\n{parsed.Said()}");
        Assert.Equal(parsed.Configuration is null, parsed.IsRefused);
    }

    [Fact]
    public void A_refused_file_is_named_and_summed_up()
    {
        Parsed parsed = Parsed.Of("global\n foo\nfrontend fe\n bind :81\n option tcplogg\n default_backend nosuch\n");
        Assert.Equal(
            [
                "config : parsing [f:2] : unknown keyword 'foo' in 'global' section",
                "config : parsing [f:5] : unknown option 'tcplogg'; did you mean 'tcplog' maybe ?",
                "config : Proxy 'fe': unable to find required default_backend: 'nosuch'.",
                "config : Error(s) found in configuration file : f",
                "config : Fatal errors found in configuration.",
            ],
            parsed.Messages.ConvertAll(message => message.Text));
    }

    [Theory]
    [InlineData(".alert a\n")]
    [InlineData(".if 1\n")]
    [InlineData(".endif\n")]
    [InlineData("frontend f\n http-request nosuch\n")]
    [InlineData("backend b\nbackend b\n")]
    public void Where_the_reference_stops_reading_nothing_sums_up(string text)
    {
        Parsed parsed = Parsed.Of(text);
        Assert.True(parsed.IsRefused);
        Assert.Equal("config : Error(s) found in configuration file : f", parsed.Messages[^1].Text);
    }

    [Fact]
    public void A_name_that_nothing_declares_is_all_that_is_said()
    {
        Parsed parsed = Parsed.Of("defaults\n timeout client 1s\nfrontend fe\n bind :81\n default_backend nosuch\n");
        Assert.Equal(
            ["Proxy 'fe': unable to find required default_backend: 'nosuch'."],
            parsed.Messages.ConvertAll(message => message.Text));
        Assert.Null(parsed.Configuration);
    }

    [Fact]
    public void Hints_are_shown_on_demand()
    {
        const string text = "global\n nbthread 1\ndefaults\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n"
            + "backend b\n server s 127.0.0.1 weight 0\nglobal\n maxconn 5\n";
        Assert.Equal("", Parsed.Of(text).Said());
        Parsed parsed = Parsed.Of(text, new Options { Diagnostics = true });
        Assert.Equal(
            [
                "config : [f:8] : 'server b/s' : configured with weight of 0 will never be selected by load "
                    + "balancing algorithms",
                "config : parsing [f:9] : global section detected after a non-global one, the prevalence of their "
                    + "statements is unspecified",
            ],
            parsed.Messages.ConvertAll(message => message.Text));
    }

    [Fact]
    public void Each_bad_file_is_named()
    {
        Parsed parsed = Parsed.OfFiles(
        [
            new("a", "global\n foo\n"u8.ToArray()),
            new("b", "global\n maxconn 5\n"u8.ToArray()),
            new("c", "bar\n"u8.ToArray()),
        ]);
        Assert.Equal(
            [
                "config : parsing [a:2] : unknown keyword 'foo' in 'global' section",
                "config : Error(s) found in configuration file : a",
                "config : parsing [c:1]: unknown keyword 'bar' out of section.",
                "config : Error(s) found in configuration file : c",
                "config : Fatal errors found in configuration.",
            ],
            parsed.Messages.ConvertAll(message => message.Text));
    }

    [Fact]
    public void Reading_stops_after_fifty_errors()
    {
        string text = "global\n" + string.Concat(System.Linq.Enumerable.Repeat(" foo\n", 60));
        Parsed parsed = Parsed.Of(text);
        List<string> texts = parsed.Messages.ConvertAll(message => message.Text);
        Assert.Equal(53, texts.Count);
        Assert.Equal("config : parsing [f:51]: too many fatal errors (50), stopping now.", texts[50]);
    }

    [Fact]
    public void Messages_are_introduced_once()
    {
        List<string> lines = [];
        MessageWriter writer = new(lines.Add);
        writer.Write(new Diagnostic(DiagnosticLevel.Notice, "n"));
        writer.Write(new Diagnostic(DiagnosticLevel.Diagnostic, "d"));
        writer.Write(new Diagnostic(DiagnosticLevel.Warning, "w"));
        writer.Write(new Diagnostic(DiagnosticLevel.Alert, "a"));
        int pid = System.Environment.ProcessId;
        Assert.Equal($"[NOTICE]   ({pid}) : n\n", lines[0]);
        Assert.Equal($"[DIAG]     ({pid}) : d\n", lines[1]);
        Assert.StartsWith($"[NOTICE]   ({pid}) : sluice version is ", lines[2]);
        Assert.StartsWith($"[NOTICE]   ({pid}) : path to executable is /", lines[3]);
        Assert.Equal($"[WARNING]  ({pid}) : w\n", lines[4]);
        Assert.Equal($"[ALERT]    ({pid}) : a\n", lines[5]);
        Assert.Equal(6, lines.Count);
    }

    private static TheoryData<int, string, string> Rows(IEnumerable<(int Line, string Text, string Said)> cases)
    {
        TheoryData<int, string, string> rows = [];
        foreach ((int line, string text, string said) in cases) rows.Add(line, text, said);
        return rows;
    }
}
