namespace Engine.Data.Counters;

/// <summary>HTTP/2 connections of one side of a proxy (management guide section 9.1, columns <c>h2_</c>).</summary>
public struct Http2Counters
{
    /// <summary>Connections and streams that are there now: not cleared.</summary>
    public long OpenConnections;

    public long OpenStreams;

    public ulong Connections;
    public ulong Streams;

    /// <summary>Frames received.</summary>
    public ulong Headers;

    public ulong Data;
    public ulong Settings;
    public ulong Resets;
    public ulong GoAways;

    /// <summary>Faults of the peer, by what they ended.</summary>
    public ulong ConnectionFaults;

    public ulong StreamFaults;

    /// <summary>Frames sent; of GOAWAY those that tell of an error.</summary>
    public ulong ResetsSent;

    public ulong GoAwaysSent;

    /// <summary>Adds what came since the counters were cleared.</summary>
    public void Add(in Http2Counters now, in Http2Counters cleared)
    {
        OpenConnections += now.OpenConnections;
        OpenStreams += now.OpenStreams;
        Connections += now.Connections - cleared.Connections;
        Streams += now.Streams - cleared.Streams;
        Headers += now.Headers - cleared.Headers;
        Data += now.Data - cleared.Data;
        Settings += now.Settings - cleared.Settings;
        Resets += now.Resets - cleared.Resets;
        GoAways += now.GoAways - cleared.GoAways;
        ConnectionFaults += now.ConnectionFaults - cleared.ConnectionFaults;
        StreamFaults += now.StreamFaults - cleared.StreamFaults;
        ResetsSent += now.ResetsSent - cleared.ResetsSent;
        GoAwaysSent += now.GoAwaysSent - cleared.GoAwaysSent;
    }
}
