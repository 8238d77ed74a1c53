using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Xunit;
using ConfigurationDiagnostics = Engine.Data.Configuration.Diagnostics;

namespace Tests.Runtime.Configuration;

/// <summary>A configuration text read and compiled, with all that was said about it.</summary>
internal sealed class Parsed
{
    private Parsed(CompiledConfiguration? configuration, List<Diagnostic> messages, bool isRefused)
    {
        Configuration = configuration;
        Messages = messages;
        IsRefused = isRefused;
    }

    /// <summary>Errors were counted; those that are only shown do not count.</summary>
    public bool IsRefused { get; }

    /// <summary>Null when the text was refused.</summary>
    public CompiledConfiguration? Configuration { get; }

    public List<Diagnostic> Messages { get; }

    public Globals Globals => Configuration!.Globals;

    public Proxy FirstProxy => Configuration!.Proxies[0];

    /// <summary>Reads a file called <c>f</c>; each char is a byte.</summary>
    public static Parsed Of(string text, Options? options = null) => Of(Encoding.Latin1.GetBytes(text), options);

    public static Parsed Of(byte[] content, Options? options = null) =>
        OfFiles([new ConfigurationFile("f", content)], options);

    public static Parsed OfFiles(
        List<ConfigurationFile> files, Options? options = null, NameLookup? lookup = null)
    {
        WordFiles.Register();
        options ??= new Options();
        List<Diagnostic> messages = [];
        ConfigurationDiagnostics diagnostics = new(messages.Add) { ShowsHints = options.Diagnostics };
        CompiledConfiguration? configuration = ConfigurationLoader.Run(files, options, diagnostics, null, lookup);
        return new Parsed(configuration, messages, diagnostics.HasAlerts);
    }

    /// <summary>A text that must be taken without a word.</summary>
    public static Parsed Good(string text)
    {
        Parsed parsed = Of(text);
        Assert.Equal("", parsed.Said());
        Assert.NotNull(parsed.Configuration);
        return parsed;
    }

    /// <summary>The messages in the notation of the corpus, without prefixes and summary lines.</summary>
    public string Said()
    {
        StringBuilder text = new();
        foreach (Diagnostic message in Messages)
        {
            string said = message.Text.StartsWith("config : ") ? message.Text["config : ".Length..] : message.Text;
            if (said.StartsWith("Error(s) found") || said.StartsWith("Fatal errors")) continue;
            text.Append(message.Level.ToString()[0]).Append(' ').Append(said.Replace("\n", "\n| ")).Append('\n');
        }
        return text.ToString();
    }
}
