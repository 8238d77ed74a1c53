using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Tests.Corpora.Configuration;
using Xunit;

namespace Tests.Runtime.Configuration;

/// <summary>Every word accepted and refused, message for message.</summary>
public sealed class MessageTests
{
    public static TheoryData<int, string, string> Words => Rows(ConfigurationCorpus.Words());

    public static TheoryData<int, string, string> Files => Rows(ConfigurationCorpus.Files());

    [Theory]
    [MemberData(nameof(Words))]
    [MemberData(nameof(Files))]
    public void What_is_said_of_a_text(int corpusLine, string text, string said)
    {
        Parsed parsed = Parsed.Of(text);
        Assert.True(said == parsed.Said(), $"corpus line {corpusLine}:\n{text}=>\n{parsed.Said()}");
        bool isRefused = parsed.Messages.Exists(
            message => message.Level == DiagnosticLevel.Alert && message.Text.Contains("Fatal errors"));
        Assert.Equal(parsed.Configuration is null, isRefused);
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
