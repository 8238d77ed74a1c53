using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Runtime.Configuration.Keywords;
using Engine.Systems.Connect;

namespace Engine.Runtime.Configuration;

/// <summary>Reads the servers that the Runtime API brings, as a line of the file would have been (<c>add server</c>).</summary>
internal static unsafe class AddedServers
{
    /// <summary>Words of a server line that one that comes later may not have, as in the reference.</summary>
    private static readonly HashSet<string> Refused =
    [
        "cc", "check-sni-auto", "enabled", "init-addr", "log-bufsize", "log-proto", "max-reuse", "namespace", "no-agent-check",
        "no-check", "no-check-reuse-pool", "no-check-send-proxy", "no-check-ssl", "no-send-proxy-v2-ssl",
        "no-send-proxy-v2-ssl-cn", "no-ssl", "non-stick", "redir", "resolve-net", "resolve-opts", "resolve-prefer", "resolvers",
        "sni-auto", "socks4", "ssl-reuse", "stick", "tcp-md5sig", "tcp-ut",
    ];

    /// <summary>Checks of a proxy that complete its servers, by their words in the registry.</summary>
    private static readonly string[] Completing =
        ["wire protocols", "health checks", "cookies", "tracked servers and agents", "TLS of servers"];

    /// <summary>A server of a backend, not entered anywhere yet. Null, and what is wrong.</summary>
    /// <param name="configuration">The running one.</param>
    /// <param name="backend">Its backend.</param>
    /// <param name="name">Its name.</param>
    /// <param name="number">The number that it will have.</param>
    /// <param name="words">Its address and options.</param>
    /// <param name="error">What is wrong, without the place.</param>
    public static Server? Read(
        CompiledConfiguration configuration, Proxy backend, string name, int number, ReadOnlySpan<string> words, out string error)
    {
        error = "";
        if (words.Length == 0 || words[0].Length == 0)
        {
            error = "'server' expects <name> and <addr>[:<port>] as arguments.";
            return null;
        }
        if (FindRefused(words[1..]) is { } refused)
        {
            error = $"'{refused}' option is not accepted for dynamic server";
            return null;
        }
        string? alert = null;
        Diagnostics diagnostics = new(said =>
        {
            if (said.Level == DiagnosticLevel.Alert) alert ??= Bare(said.Text);
        });
        diagnostics.IsVerifying = true;
        ConfigurationDraft read = KeptDraft.Of(configuration);
        ConfigurationDraft draft = new(read, diagnostics);
        ProxyDraft known = read.Proxies[backend.Number];
        ProxyDraft section = new(known.Kind, known.Name) { Target = known.Target, Parts = known.Parts };
        section.Servers.AddRange(known.Servers);
        section.DefaultServer = known.DefaultServer;
        foreach ((string set, ServerDraft options) in known.NamedServers) section.NamedServers.Add(set, options);
        foreach ((string other, ServerDraft options) in known.ServersByName) section.ServersByName.Add(other, options);
        Directive line = new(draft) { Section = known.Kind, SectionWord = known.KindWord, OpenProxy = section };
        string[] all = ["server", name, .. words];
        line.Load(all, all.Length);
        line.Position = 3;
        ServerDraft? server = ServerKeyword.ReadAdded(line, name, words[0]);
        if (server is not null)
        {
            section.Servers.Clear();
            section.Servers.Add(server);
            server.Target.Number = number;
            server.Target.IsAdded = true;
            server.Target.Backend = backend.Number;
            server.Target.NameBytes = ByteView.Literal(name);
            if (server.HostName is not null) server.Target.Address.Family = Engine.Data.Kernel.AddressFamily.Unspecified;
            Complete(draft, section);
        }
        if (alert is not null || server is null)
        {
            error = alert ?? "the server cannot be used";
            return null;
        }
        ServerSockets.Plan(server.Target, known.Target, configuration.Globals);
        known.Servers.Add(server);
        known.ServersByName[name] = server;
        return server.Target;
    }

    /// <summary>Whether <c>add server</c> takes a word.</summary>
    public static bool Accepts(string word) => !Refused.Contains(word);

    /// <summary>Another name for a server: lines that come later find it by that.</summary>
    public static void Rename(CompiledConfiguration configuration, Server server, string name)
    {
        ProxyDraft known = KeptDraft.Of(configuration).Proxies[server.Backend];
        if (known.ServersByName.Remove(server.Name, out ServerDraft? draft)) known.ServersByName[name] = draft;
        server.Name = name;
        server.NameBytes = ByteView.Literal(name);
        Volatile.Write(ref server.StickName, 0);
    }

    /// <summary>Forgets a server that was read, so that its name may come back.</summary>
    public static void Forget(CompiledConfiguration configuration, Server server)
    {
        ProxyDraft known = KeptDraft.Of(configuration).Proxies[server.Backend];
        known.Servers.RemoveAll(draft => draft.Target == server);
        known.ServersByName.Remove(server.Name);
        configuration.Parts.Get<Guids>().Take(server);
    }

    private static void Complete(ConfigurationDraft draft, ProxyDraft section)
    {
        foreach (ProxyCheck check in Words.ProxyChecks.Rows)
            if (Array.IndexOf(Completing, check.Word) >= 0 && !draft.Diagnostics.HasAlerts) check.Run(draft, section);
    }

    private static string? FindRefused(ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (Refused.Contains(words[i])) return words[i];
            if (Words.ServerOptions.Find(words[i]) is { ArgumentCount: > 0 } row) i += row.ArgumentCount;
        }
        return null;
    }

    /// <summary>A message without the place of a line that is in no file.</summary>
    private static string Bare(string text)
    {
        const string place = "[:0] : ";
        int at = text.IndexOf(place, StringComparison.Ordinal);
        if (at >= 0) text = text[(at + place.Length)..];
        if (text.Contains(": MUX protocol ", StringComparison.Ordinal)) return "MUX protocol is not usable for server.";
        int behind = text.StartsWith("'server ", StringComparison.Ordinal) ? text.IndexOf("' : ", StringComparison.Ordinal) : -1;
        if (behind >= 0) text = text[(behind + 4)..];
        return text.StartsWith("config: ", StringComparison.Ordinal) ? text["config: ".Length..] : text;
    }
}
