using System.Collections.Generic;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// One row of the performance table: a load, a configuration and the limits that hold for it.
/// </summary>
public sealed record Scenario
{
    /// <summary>Short name, as <c>--scenario</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>What a reader of the report sees.</summary>
    public required string Title { get; init; }

    public ScenarioKind Kind { get; init; } = ScenarioKind.Throughput;

    public int Connections { get; init; } = 50;

    public int BodyBytes { get; init; } = 100;

    public int UploadBytes { get; init; }

    /// <summary>A new connection for each request.</summary>
    public bool PerRequest { get; init; }

    /// <summary>Clients speak TLS, with an ECDSA P-256 certificate unless <see cref="Rsa"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>The certificate is RSA, 2048 bits.</summary>
    public bool Rsa { get; init; }

    /// <summary>Clients speak HTTP/2.</summary>
    public bool Http2 { get; init; }

    /// <summary>Requests at a time on each connection.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>The load is handshakes instead of requests.</summary>
    public HandshakeKind Handshakes { get; init; }

    /// <summary>A program beside ours makes the load.</summary>
    public bool ForeignLoad => Tls || Http2;

    /// <summary>The proxies run in TCP mode.</summary>
    public bool Tcp { get; init; }

    /// <summary>The proxies log each request to a UDP syslog.</summary>
    public bool HttpLog { get; init; }

    /// <summary>The proxies evaluate 5 rules and 5 ACLs per request.</summary>
    public bool Rules { get; init; }

    /// <summary>The proxies evaluate <see cref="PolicyRules"/> per request.</summary>
    public bool Policy { get; init; }

    /// <summary><c>maxconn</c> of the server; 0: none. The others wait in the queue.</summary>
    public int ServerLimit { get; init; }

    /// <summary>The references get the tuning that many connections need.</summary>
    public bool TunedReferences { get; init; }

    /// <summary>The references are measured a second time with splicing on.</summary>
    public bool SplicedReferences { get; init; }

    public IReadOnlyList<Limit> Limits { get; init; } = [];
}
