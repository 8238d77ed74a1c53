using System;

namespace Engine.Data.Streams;

[Flags]
public enum StreamFlags : uint
{
    None = 0,

    /// <summary>TCP mode: bytes are relayed unread.</summary>
    Tcp = 1,

    /// <summary>The client connection serves another request after this one.</summary>
    ClientKeepAlive = 2,

    /// <summary>The server connection may serve another request after this one.</summary>
    ServerKeepAlive = 4,

    /// <summary>A slot of the server is held.</summary>
    HoldsServerSlot = 8,

    /// <summary>The request may be sent again: safe method, nothing of the body consumed.</summary>
    Repeatable = 16,

    /// <summary>At least one byte of the request reached the server connection.</summary>
    RequestStarted = 32,

    /// <summary>The head of the final response was passed on.</summary>
    ResponseStarted = 64,

    /// <summary>Redispatched to another server: the log's retry count gets a '+'.</summary>
    Redispatched = 128,

    /// <summary>The log line is still to be written.</summary>
    LogDue = 256,

    /// <summary>The client speaks HTTP/1.0.</summary>
    ClientHttp10 = 512,

    /// <summary>Upgraded or CONNECT: both ways are bytes now, <c>timeout tunnel</c> rules.</summary>
    Tunnel = 1024,

    /// <summary>The request's method is HEAD: the response has no body.</summary>
    HeadRequest = 2048,

    /// <summary>100-continue was asked for and neither passed on nor answered yet.</summary>
    ExpectsContinue = 4096,

    /// <summary>Listed for ForwardBodies.</summary>
    ListedForward = 8192,

    /// <summary>Counted in the backend's and frontend's current sessions.</summary>
    Counted = 16384,

    /// <summary>The connection to the server was taken from the pool.</summary>
    ServerReused = 32768,

    /// <summary>A listed stream for the phase of its state (rules, pick, connect).</summary>
    Listed = 65536,

    /// <summary>The next connection to the server must be a new one: a reused one was stale.</summary>
    FreshConnection = 131072,

    /// <summary>The client connection is closed with a reset: its response broke off.</summary>
    ClientReset = 262144,

    /// <summary>The head of the request was handed to the server connection.</summary>
    RequestSent = 524288,

    /// <summary>The request asked for an upgrade: a 101 may follow.</summary>
    AsksUpgrade = 1048576,

    /// <summary>The server said something odd: its connection is closed after this exchange.</summary>
    ServerTainted = 2097152,

    /// <summary>The request's body goes through a pipe.</summary>
    SplicesRequest = 4194304,

    /// <summary>The response's body goes through a pipe.</summary>
    SplicesResponse = 8388608,

    /// <summary>The kernel gave no pipe, or cannot splice these sockets.</summary>
    NoSplice = 16777216,

    /// <summary>The client sends nothing after this request: it said so, or speaks HTTP/1.0 without keep-alive.</summary>
    ClientSaidClose = 33554432,

    /// <summary>Its rules wait for more of the message: <see cref="RulePause"/> says where they go on.</summary>
    RulesPaused = 67108864,

    /// <summary>Its row of <see cref="Persistence"/> is filled in.</summary>
    HasPersistence = 134217728,

    /// <summary>The client belongs to the server that <see cref="Persistence"/> names.</summary>
    Direct = 268435456,

    /// <summary>A service of ours answers: the statistics page, the exporter.</summary>
    Served = 536870912,

    /// <summary>Its row of <see cref="OwnTimeouts"/> is filled in.</summary>
    HasOwnTimeouts = 1u << 30,

    /// <summary>Its server has answered wholly and works for others; it is still the one that its line names.</summary>
    LeftServer = 1u << 31,
}
