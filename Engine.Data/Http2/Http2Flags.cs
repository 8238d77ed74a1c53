using System;

namespace Engine.Data.Http2;

/// <summary>Where an HTTP/2 connection stands.</summary>
[Flags]
public enum Http2Flags : uint
{
    None = 0,

    /// <summary>The client's preface has not come yet (RFC 9113 section 3.4).</summary>
    AwaitsPreface = 1,

    /// <summary>The first frame must be the peer's SETTINGS.</summary>
    AwaitsSettings = 2,

    /// <summary>A header block goes on: nothing but its CONTINUATION may come.</summary>
    InBlock = 4,

    /// <summary>We said GOAWAY: no stream is opened any more.</summary>
    GoAwaySent = 8,

    /// <summary>The peer said GOAWAY, or is worn out: no stream of ours is opened any more.</summary>
    Draining = 16,

    /// <summary>Nothing is read before a stream is released: more are at work than the limit.</summary>
    PausedByStreams = 32,

    /// <summary>Nothing is read before the output shrinks.</summary>
    PausedByOutput = 64,

    /// <summary>It failed: its GOAWAY is on its way and nothing is read any more.</summary>
    Failed = 128,

    /// <summary>The peer takes extended CONNECT (RFC 8441).</summary>
    PeerTakesConnect = 256,

    /// <summary>In the list of its server's connections with room for streams.</summary>
    ListedServer = 512,

    /// <summary>Our SETTINGS were acknowledged: before, the peer may reckon with the initial values.</summary>
    SettingsTaken = 1024,
}
