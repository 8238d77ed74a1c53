using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// One proxy with several lanes (a frontend, a backend and a server each) through which many attacks run
/// beside each other,
/// so that what a server gets can be told to the attack it came from.
/// </summary>
public sealed class Lanes
{
    private const int Count = 8;
    private const int QuietMs = 120;
    private const int FirstMs = 1_000;

    /// <summary>How long a close that must come is waited for.</summary>
    private const int EndMs = 5_000;

    private const string Normal = "GET /normal HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private readonly Bench bench;
    private readonly Proxy proxy;
    private readonly AnsweringOrigin[] answering = new AnsweringOrigin[Count];
    private readonly Origin[] scripted = new Origin[Count];

    public Lanes(Bench bench)
    {
        this.bench = bench;
        StringBuilder configuration = new("""
            global
                nbthread 1
            defaults
                mode http
                timeout connect 2s
                timeout client 8s
                timeout server 8s
                http-reuse always

            """);
        for (int i = 0; i < Count; i++)
        {
            answering[i] = bench.Own(new AnsweringOrigin());
            scripted[i] = bench.Own(new Origin($"scripted{i}"));
            configuration.Append($"""
                frontend fa{i}
                    bind <fa{i}>
                    default_backend ba{i}
                backend ba{i}
                    server s {answering[i].Address}
                frontend fs{i}
                    bind <fs{i}>
                    default_backend bs{i}
                backend bs{i}
                    retries 0
                    server s {scripted[i].Address}

                """);
        }
        proxy = bench.Start(configuration.ToString());
        // The first requests of a process are its slowest, and silence is what an outcome is judged by.
        for (int i = 0; i < Count; i++)
            NormalRequest($"fa{i}");
    }

    /// <summary>Each payload sent by a client, in lanes of eight at a time.</summary>
    /// <param name="attacks">What is sent, by name.</param>
    /// <param name="mustEnd">The proxy has to close: it is given time for that.</param>
    public Dictionary<string, Outcome> FromClients(
        IReadOnlyList<(string Name, byte[] Bytes)> attacks, bool mustEnd = false) =>
        InLanes(attacks.Select(a => (a.Name, (Func<int, Outcome>)(lane => FromClient(lane, a.Bytes, mustEnd)))));

    /// <summary>Each payload sent by a server as the answer to one request.</summary>
    /// <param name="attacks">What is sent, by name, to which method, and whether the server then closes.</param>
    /// <param name="mustEnd">The proxy has to close: it is given time for that.</param>
    public Dictionary<string, Outcome> FromServers(
        IReadOnlyList<(string Name, byte[] Bytes, string Method, bool Closes)> attacks, bool mustEnd = false) =>
        InLanes(attacks.Select(a =>
            (a.Name, (Func<int, Outcome>)(lane => FromServer(lane, a.Bytes, a.Method, a.Closes, mustEnd)))));

    private static Dictionary<string,
        Outcome> InLanes(IEnumerable<(string Name, Func<int, Outcome> Run)> attacks)
    {
        Queue<(string Name, Func<int, Outcome> Run)> waiting = new(attacks);
        Dictionary<string, Outcome> outcomes = [];
        Thread[] threads = [.. Enumerable.Range(0, Count).Select(lane => new Thread(() =>
        {
            while (true)
            {
                (string Name, Func<int, Outcome> Run) next;
                lock (waiting)
                {
                    if (!waiting.TryDequeue(out next))
                        return;
                }
                Outcome outcome;
                try
                {
                    outcome = next.Run(lane);
                }
                catch (Exception e)
                {
                    outcome = new("", false, [], "", [], e.ToString());
                }
                lock (outcomes)
                    outcomes[next.Name] = outcome;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return outcomes;
    }

    private Outcome FromClient(int lane, byte[] bytes, bool mustEnd)
    {
        AnsweringOrigin origin = answering[lane];
        origin.Restart();
        Wire client = proxy.Connect($"fa{lane}");
        SendAll(client, bytes);
        (string received, bool closed) = Collect(client, mustEnd);
        Outcome outcome = new(received, closed, [.. origin.Requests.Select(r => r.Request)], origin.Captured,
            origin.Errors,
            null);
        client.Close();
        return outcome with { Trouble = NormalRequest($"fa{lane}") };
    }

    private Outcome FromServer(int lane, byte[] bytes, string method, bool closes, bool mustEnd)
    {
        Origin origin = scripted[lane];
        Wire client = proxy.Connect($"fs{lane}");
        string target = method == "CONNECT" ? "h:80" : "/attacked";
        string host = method == "CONNECT" ? "h:80" : "h";
        string close = mustEnd ? "Connection: close\r\n" : "";
        client.Send($"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{close}\r\n");
        Wire server = origin.Accept();
        server.ReadHead();
        SendAll(server, bytes);
        if (closes)
            server.HalfClose();
        (string received, bool closed) = Collect(client, mustEnd);
        client.Close();

        Wire other = proxy.Connect($"fs{lane}");
        other.Send("GET /normal HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        string? trouble = null;
        string seen = server.ReadUntilQuiet(QuietMs);
        bool kept = seen.Contains("GET /normal ", StringComparison.Ordinal);
        Wire answers = kept ? server : origin.Accept();
        if (!kept)
            answers.ReadHead();
        answers.Send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\nnormal");
        HttpMessage response = other.ReadResponse();
        if (response.Text != "normal")
            trouble = $"the next request got:\n{response.Head}{response.Text}";
        other.Close();
        answers.Close();
        server.Close();
        return new(received, closed, [], "", [], trouble) { ServerKept = kept };
    }

    private string? NormalRequest(string listener)
    {
        if (proxy.HasExited)
            return $"the proxy is gone\n{proxy.Describe()}";
        using Wire client = proxy.Connect(listener);
        client.Send(Normal);
        HttpMessage response = client.ReadResponse();
        return response.Status == 200 ? null : $"a normal request got {response.Status}";
    }

    private static void SendAll(Wire wire, byte[] bytes)
    {
        try
        {
            wire.Send(bytes);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The proxy had seen enough and closed.
        }
    }

    private static (string Received, bool Closed) Collect(Wire wire, bool mustEnd)
    {
        wire.ReadUntilQuiet(mustEnd ? EndMs : QuietMs, mustEnd ? EndMs : FirstMs);
        return (wire.Captured, wire.IsClosed);
    }
}
