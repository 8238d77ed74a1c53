using System.Globalization;
using System.IO;
using System.Text;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>Writes what comes closest to a scenario's configuration in nginx's language.</summary>
public static class NginxFile
{
    private const string StreamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";

    /// <summary>Why nginx cannot take part in a scenario, null when it can.</summary>
    public static string? Refusal(Scenario scenario) => scenario switch
    {
        { Tcp: true } when !File.Exists(StreamModule) => "nginx has no stream module here",
        { Http2: true, Tls: false } => "nginx takes no HTTP/2 beside HTTP/1 in clear",
        { Policy: true } => "nginx has no equal of the policy",
        _ => null,
    };

    /// <param name="scenario">What is measured.</param>
    /// <param name="subject">The program.</param>
    /// <param name="ports">Where it listens and connects to.</param>
    /// <param name="directory">Where it may write its temporary files.</param>
    public static string Write(Scenario scenario, Subject subject, ProxyPorts ports, string directory)
    {
        StringBuilder text = new();
        if (scenario.Tcp) Line(text, $"load_module {StreamModule};");
        Line(text, "user root;");
        Line(text, $"worker_processes {subject.Threads};");
        Line(text, "worker_rlimit_nofile 20000;");
        Line(text, "daemon off;");
        Line(text, $"pid {directory}/nginx.pid;");
        Line(text, "error_log stderr crit;");
        Line(text, $"events {{ worker_connections {2 * ProxyFile.ConnectionsMax}; }}");
        if (scenario.Tcp) Stream(text, ports);
        else Http(text, scenario, ports, directory);
        return text.ToString();
    }

    private static void Stream(StringBuilder text, ProxyPorts ports)
    {
        Line(text, "stream {");
        Line(text, "    proxy_connect_timeout 5s;");
        Line(text, "    proxy_timeout 30s;");
        Line(text, $"    server {{ listen 127.0.0.1:{ports.Listen} backlog=4096;");
        Line(text, $"        proxy_pass 127.0.0.1:{ports.Origin}; }}");
        Line(text, "}");
    }

    private static void Http(StringBuilder text, Scenario scenario, ProxyPorts ports, string directory)
    {
        bool sample = scenario.Kind == ScenarioKind.Start;
        Line(text, "http {");
        foreach (string kind in (string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
            Line(text, $"    {kind}_temp_path {directory}/{kind};");
        Line(text, scenario.HttpLog
            ? $"    access_log syslog:server=127.0.0.1:{ports.LogSink} combined;"
            : $"    access_log {(sample ? "/dev/stdout" : "off")};");
        Line(text, "    keepalive_timeout 30s;");
        Line(text, "    keepalive_requests 1000000000;");
        Line(text, "    client_max_body_size 0;");
        Line(text, "    proxy_request_buffering off;");
        Line(text, "    proxy_max_temp_file_size 0;");
        Line(text, "    proxy_http_version 1.1;");
        Line(text, "    proxy_set_header Connection \"\";");
        Line(text, "    proxy_connect_timeout 5s;");
        Line(text, "    proxy_send_timeout 30s;");
        Line(text, "    proxy_read_timeout 30s;");
        if (scenario.Rules) Maps(text);
        Line(text, "    upstream origins {");
        foreach (int port in sample ? ports.Backends : [ports.Origin])
            Line(text, $"        server 127.0.0.1:{port};");
        Line(text, "        keepalive 2048;");
        Line(text, "        keepalive_requests 1000000000;");
        Line(text, "    }");
        string tls = !scenario.Tls ? string.Empty : scenario.Http2 ? " ssl http2" : " ssl";
        Line(text, $"    server {{ listen 127.0.0.1:{ports.Listen}{tls} backlog=4096;");
        if (scenario.Tls) Tls(text, scenario, ports, directory);
        if (scenario.Rules || sample) Line(text, "        location /admin { deny all; }");
        if (scenario.Rules) Line(text, "        add_header X-Served-By bench;");
        Line(text, "        location / { proxy_pass http://origins; }");
        Line(text, "    }");
        for (int i = 0; sample && i < ports.Backends.Length; i++)
        {
            Line(text, $"    server {{ listen 127.0.0.1:{ports.Backends[i]};");
            Line(text, $"        return 200 \"origin {i + 1}\"; }}");
        }


        Line(text, "}");
    }

    private static void Tls(StringBuilder text, Scenario scenario, ProxyPorts ports, string directory)
    {
        string file = $"{directory}/{SiteCertificate.FileName}";
        Line(text, $"        listen 127.0.0.1:{ports.Clear};");
        Line(text, $"        ssl_certificate {file}; ssl_certificate_key {file};");
        Line(text, "        ssl_protocols TLSv1.2 TLSv1.3;");
        Line(text, "        ssl_session_cache shared:sessions:10m;");
        if (scenario.Handshakes == HandshakeKind.SessionIds) Line(text, "        ssl_session_tickets off;");
    }

    private static void Maps(StringBuilder text)
    {
        Line(text, "    map $uri $is_static { default ''; ~^/(static|images|css)/ static; }");
        Line(text, "    map $host $kind { default $is_static; www.example.com static; example.com static; }");
        Line(text, "    geo $is_local { default 0; 127.0.0.0/8 1; }");
        Line(text, "    proxy_set_header X-Forwarded-Proto http;");
        Line(text, "    proxy_set_header X-Kind $kind;");
        Line(text, "    proxy_set_header X-Internal \"\";");
    }

    private static void Line(StringBuilder text, string line) =>
        text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
