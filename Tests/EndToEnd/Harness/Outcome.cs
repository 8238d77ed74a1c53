using System.Collections.Generic;

namespace Tests.EndToEnd.Harness;

/// <summary>What was seen on both sides after one attack.</summary>
/// <param name="ToClient">Every byte the client got.</param>
/// <param name="ClientClosed">The proxy ended the client's connection by itself.</param>
/// <param name="Requests">The whole requests that the server got.</param>
/// <param name="ToServer">Every byte the server got.</param>
/// <param name="ServerErrors">What the server got and could not parse.</param>
/// <param name="Trouble">Set when the proxy did not serve a normal request afterwards, or another broken
/// promise.</param>
public sealed record Outcome(
    string ToClient,
    bool ClientClosed,
    IReadOnlyList<HttpMessage> Requests,
    string ToServer,
    IReadOnlyList<string> ServerErrors,
    string? Trouble)
{
    /// <summary>For attacks by a server: its connection served a later request.</summary>
    public bool ServerKept { get; init; }

    public override string ToString() =>
        $"to the client ({(ClientClosed ? "closed" : "open")}):\n{ToClient}\nto the server:\n{ToServer}\n"
        + string.Join('\n', ServerErrors) + Trouble;
}
