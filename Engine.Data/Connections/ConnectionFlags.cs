using System;

namespace Engine.Data.Connections;

[Flags]
public enum ConnectionFlags : uint
{
    None = 0,

    /// <summary>Made by us towards a server; otherwise accepted from a client.</summary>
    ServerSide = 1,

    /// <summary>A Receive is armed in the kernel.</summary>
    ReceiveArmed = 2,

    /// <summary>The armed receive repeats.</summary>
    ReceiveRepeats = 4,

    /// <summary>CancelReceive was asked for and its end has not come yet.</summary>
    ReceiveCancelled = 8,

    /// <summary>A send is in the kernel's hands.</summary>
    SendInFlight = 16,

    /// <summary>The last send found the socket full: the next one waits.</summary>
    SendBlocked = 32,

    /// <summary>The peer's FIN was received.</summary>
    PeerClosed = 64,

    /// <summary>Our FIN was sent.</summary>
    SendShut = 128,

    /// <summary>A receive or send failed: nothing more can be done with this socket.</summary>
    Broken = 256,

    /// <summary>Send our FIN when the output chain is empty.</summary>
    ShutWhenSent = 512,

    /// <summary>Close when the output chain is empty.</summary>
    CloseWhenSent = 1024,

    /// <summary>In the list of connections with something to send.</summary>
    ListedSend = 2048,

    /// <summary>In the list of connections with something received.</summary>
    ListedReceived = 4096,

    /// <summary>Server side: idle in the pool.</summary>
    Pooled = 8192,

    /// <summary>Server side: has carried a request before, so a failure may be a stale connection.</summary>
    Reused = 16384,

    /// <summary>Server side: must never be shared with another client (NTLM and the like, THREATS.md A32).</summary>
    Private = 32768,

    /// <summary>
    /// Its message came in more than small pieces: the next receive takes a large buffer where the length is unknown,
    /// and so does the first receive of a server's next answer.
    /// </summary>
    Bulky = 65536,

    /// <summary>In the list of connections that wait for a buffer to receive into.</summary>
    ListedStarved = 131072,

    /// <summary>Bytes for it stand in a pipe, behind those of the output chain.</summary>
    SendsFromPipe = 262144,

    /// <summary>
    /// What comes from it comes in long runs: worth a pipe, and the next answer's head alone is worth a small buffer.
    /// </summary>
    Torrent = 524288,

    /// <summary>
    /// A send was told that the peer had reset the connection. The kernel tells that once: the receive that follows is
    /// told of an end, which is none.
    /// </summary>
    WasReset = 1048576,

    /// <summary>The armed receive is a splice into a pipe.</summary>
    SplicesIn = 2097152,

    /// <summary>The send in the kernel's hands is a splice out of a pipe.</summary>
    SplicesOut = 4194304,

    /// <summary>In the queue of clients that are watched when their answer takes long.</summary>
    ListedWatch = 8388608,

    /// <summary>
    /// Client side: nothing but its preamble is read yet (PROXY protocol and the like). Server side: the proxy it goes
    /// through has not answered yet (<c>socks4</c>).
    /// </summary>
    AwaitsPreamble = 1 << 26,

    /// <summary>Client side: it began with a preamble, whose facts stand in the row of <c>World.Preambles</c>.</summary>
    HadPreamble = 1 << 27,

    /// <summary>Server side: belongs to a health or agent check, whose number is its owner; never has a stream.</summary>
    Check = 268435456,

    /// <summary>Speaks TLS: its records stand in the thread's <see cref="Tls.TlsState"/> of the row.</summary>
    Encrypted = 1 << 24,

    /// <summary>The TLS handshake is not over: there are no plain bytes yet.</summary>
    Handshaking = 1 << 25,

    /// <summary>Speaks HTTP/1, and is counted as one that does. Not on streams of HTTP/2.</summary>
    Http1 = 1 << 29,

    /// <summary>Speaks HTTP/2: what comes and goes are frames, its streams are connections of their own.</summary>
    Http2 = 1u << 30,

    /// <summary>A stream of an HTTP/2 connection: there is no socket, frames carry what is received and sent.</summary>
    Http2Stream = 1u << 31,
}
