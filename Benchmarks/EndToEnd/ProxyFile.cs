using System.Globalization;
using System.Text;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Writes the haproxy-style configuration of a scenario. Sluice and the references get the same text but for
/// the port; only what a scenario gives to the references alone (tuning, splicing) differs.
/// </summary>
public static class ProxyFile
{
    /// <summary>
    /// Concurrent connections that every program is set for. More would not fit 20,000 descriptors when a
    /// reference reserves pipes for splicing.
    /// </summary>
    public const int ConnectionsMax = 6_000;

    /// <summary>A line of one's own: variables, captures and a sample beside the aliases.</summary>
    private const string PolicyLog = "    log-format \"%ci:%cp %ft %b/%s %TR/%Tw/%Tc %ST %B %hr %[var(txn.tier)] %{+Q}r\"";

    /// <param name="scenario">The load it is for.</param>
    /// <param name="subject">Who runs it.</param>
    /// <param name="ports">Where it listens and connects.</param>
    /// <param name="directory">Where files that it names stand.</param>
    public static string Write(Scenario scenario, Subject subject, ProxyPorts ports, string directory = ".") =>
        scenario.Kind == ScenarioKind.Start ? Sample(subject, ports) : Forwarding(scenario, subject, ports, directory);

    private static string Forwarding(Scenario scenario, Subject subject, ProxyPorts ports, string directory)
    {
        bool tuned = scenario.TunedReferences && subject.Kind == SubjectKind.HaProxy;
        StringBuilder text = new();
        Global(text, subject);
        if (scenario.HttpLog) Line(text, $"    log 127.0.0.1:{ports.LogSink} local0");
        if (tuned) Line(text, "    tune.pool-high-fd-ratio 90");
        Line(text, "defaults");
        Line(text, scenario.Tcp ? "    mode tcp" : "    mode http");
        Timeouts(text);
        if (scenario.HttpLog)
        {
            Line(text, "    log global");
            Line(text, scenario.Policy ? PolicyLog : "    option httplog");
        }

        if (subject.Spliced)
        {
            Line(text, "    option splice-request");
            Line(text, "    option splice-response");
        }

        Line(text, "frontend entry");
        Line(text, $"    bind 127.0.0.1:{ports.Listen}{Tls(scenario, directory)}");
        if (scenario.Tls) Line(text, $"    bind 127.0.0.1:{ports.Clear}");
        if (scenario.Rules) Rules(text);
        if (scenario.Policy)
        {
            foreach (string line in PolicyRules.Lines(directory)) Line(text, "    " + line);
        }

        Line(text, "    default_backend origins");
        Line(text, "backend origins");
        if (!scenario.Tcp) Line(text, "    http-reuse always");
        string purge = tuned ? " pool-purge-delay 1h" : string.Empty;
        string limit = scenario.ServerLimit > 0 ? $" maxconn {scenario.ServerLimit}" : string.Empty;
        Line(text, $"    server origin 127.0.0.1:{ports.Origin}{purge}{limit}");
        if (!scenario.Rules) return text.ToString();
        Line(text, "backend uploads");
        Line(text, $"    server origin 127.0.0.1:{ports.Origin}");
        return text.ToString();
    }

    private static string Tls(Scenario scenario, string directory)
    {
        if (!scenario.Tls) return string.Empty;
        string tickets = scenario.Handshakes == HandshakeKind.SessionIds ? " no-tls-tickets" : string.Empty;
        return $" ssl crt {directory}/{SiteCertificate.FileName} alpn h2,http/1.1{tickets}";
    }

    // Every condition is evaluated on every request of the load and none of the refusals matches it.
    private static void Rules(StringBuilder text)
    {
        Line(text, "    acl is_admin path /admin");
        Line(text, "    acl is_static path_beg /static/ /images/ /css/");
        Line(text, "    acl is_local src 127.0.0.0/8");
        Line(text, "    acl is_example hdr(host) -i www.example.com example.com");
        Line(text, "    acl is_upload method POST PUT");
        Line(text, "    http-request deny if is_admin !is_local");
        Line(text, "    http-request set-header X-Forwarded-Proto http");
        Line(text, "    http-request add-header X-Kind static if is_static or is_example");
        Line(text, "    http-request del-header X-Internal");
        Line(text, "    http-response set-header X-Served-By bench");
        Line(text, "    use_backend uploads if is_upload");
    }

    private static string Sample(Subject subject, ProxyPorts ports)
    {
        StringBuilder text = new();
        Global(text, subject);
        Line(text, "    log stdout format raw local0");
        Line(text, "defaults");
        Line(text, "    mode http");
        Timeouts(text);
        Line(text, "    log global");
        Line(text, "    option httplog");
        Line(text, "    option forwardfor");
        Line(text, "frontend entry");
        Line(text, $"    bind 127.0.0.1:{ports.Listen}");
        Line(text, "    acl is_admin path_beg /admin");
        Line(text, "    acl is_local src 127.0.0.0/8");
        Line(text, "    http-request deny if is_admin !is_local");
        Line(text, "    http-request set-header X-Forwarded-Proto http");
        Line(text, "    default_backend origins");
        Line(text, "backend origins");
        Line(text, "    balance roundrobin");
        for (int i = 0; i < ports.Backends.Length; i++)
            Line(text, $"    server origin{i + 1} 127.0.0.1:{ports.Backends[i]}");
        for (int i = 0; i < ports.Backends.Length; i++)
        {
            Line(text, $"frontend origin{i + 1}");
            Line(text, $"    bind 127.0.0.1:{ports.Backends[i]}");
            string body = $"string \"origin {i + 1}\"";
            Line(text, $"    http-request return status 200 content-type text/plain {body}");
        }

        return text.ToString();
    }

    private static void Global(StringBuilder text, Subject subject)
    {
        Line(text, "global");
        Line(text, $"    nbthread {subject.Threads}");
        Line(text, $"    maxconn {ConnectionsMax}");
    }

    private static void Timeouts(StringBuilder text)
    {
        Line(text, "    timeout connect 5s");
        Line(text, "    timeout client 30s");
        Line(text, "    timeout server 30s");
    }

    private static void Line(StringBuilder text, string line) =>
        text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
