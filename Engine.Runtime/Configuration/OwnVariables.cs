using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.Admin;
using Engine.Runtime.CommandLine;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration;

/// <summary>Variables that configurations find in the environment without anybody's setting them (manual section 2.3).</summary>
internal static class OwnVariables
{
    private const string LocalPeerName = "HAPROXY_LOCALPEER";

    private static readonly string[] secrets =
    [
        "client_early_traffic_secret", "client_handshake_traffic_secret", "server_handshake_traffic_secret",
        "client_traffic_secret_0", "server_traffic_secret_0", "exporter_secret", "early_exporter_secret",
    ];

    /// <summary>The formats of lines, which only configuration files see.</summary>
    private static readonly Dictionary<string, byte[]> formats = new()
    {
        ["HAPROXY_HTTP_LOG_FMT"] = Encoding.ASCII.GetBytes(StandardLogFormats.Http),
        ["HAPROXY_HTTP_CLF_LOG_FMT"] = Encoding.ASCII.GetBytes(StandardLogFormats.HttpClf),
        ["HAPROXY_HTTPS_LOG_FMT"] = Encoding.ASCII.GetBytes(StandardLogFormats.Https),
        ["HAPROXY_TCP_LOG_FMT"] = Encoding.ASCII.GetBytes(StandardLogFormats.Tcp),
        ["HAPROXY_TCP_CLF_LOG_FMT"] = Encoding.ASCII.GetBytes(StandardLogFormats.TcpClf),
        ["HAPROXY_KEYLOG_FC_LOG_FMT"] = Encoding.ASCII.GetBytes(KeyLog("ssl_fc_")),
        ["HAPROXY_KEYLOG_BC_LOG_FMT"] = Encoding.ASCII.GetBytes(KeyLog("ssl_bc_")),
    };

    public static IEnumerable<string> FormatNames => formats.Keys;

    /// <summary>Before the files are read.</summary>
    public static void Set(Options options, IReadOnlyList<ConfigurationFile> files)
    {
        Environment.SetEnvironmentVariable("HAPROXY_STARTUP_VERSION", ProductVersion.Full);
        Environment.SetEnvironmentVariable("HAPROXY_BRANCH", ProductVersion.Compatible);
        Environment.SetEnvironmentVariable("HAPROXY_CFGFILES", string.Join(';', files.Select(static file => file.Name)));
        SetLocalPeer(options.LocalPeer ?? Environment.MachineName);
    }

    public static void SetLocalPeer(string name) => Environment.SetEnvironmentVariable(LocalPeerName, name);

    /// <summary>With every statistics socket of the file, so that the sample <c>env()</c>, which is read with it, finds them.</summary>
    public static void SetSockets(AdminSocket[] sockets) =>
        Environment.SetEnvironmentVariable("HAPROXY_CLI", string.Join(';', sockets.Select(AdminSocketText.Of).OfType<string>()));

    /// <summary>A format of lines; null: no such name.</summary>
    public static byte[]? Format(string name) => formats.GetValueOrDefault(name);

    /// <summary>The lines of a key log as samples of one side, in the format of NSS (manual, <c>tune.ssl.keylog</c>).</summary>
    private static string KeyLog(string side)
    {
        StringBuilder text = new();
        text.Append($"CLIENT_RANDOM %[{side}client_random,hex] %[{side}session_key,hex]");
        foreach (string secret in secrets)
            text.Append($"\n{secret.ToUpperInvariant()} %[{side}client_random,hex] %[{side}{secret}]");
        return text.ToString();
    }
}
