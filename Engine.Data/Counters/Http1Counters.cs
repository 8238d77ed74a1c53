namespace Engine.Data.Counters;

/// <summary>HTTP/1 connections of one side of a proxy (management guide section 9.1, columns <c>h1_</c>).</summary>
public struct Http1Counters
{
    /// <summary>Connections and exchanges that are there now: not cleared.</summary>
    public long OpenConnections;

    public long OpenStreams;

    public ulong Connections;
    public ulong Streams;

    /// <summary>Plain bytes received and sent, those that went through pipes included.</summary>
    public ulong BytesIn;

    public ulong BytesOut;
    public ulong SplicedIn;
    public ulong SplicedOut;

    /// <summary>Adds what came since the counters were cleared.</summary>
    public void Add(in Http1Counters now, in Http1Counters cleared)
    {
        OpenConnections += now.OpenConnections;
        OpenStreams += now.OpenStreams;
        Connections += now.Connections - cleared.Connections;
        Streams += now.Streams - cleared.Streams;
        BytesIn += now.BytesIn - cleared.BytesIn;
        BytesOut += now.BytesOut - cleared.BytesOut;
        SplicedIn += now.SplicedIn - cleared.SplicedIn;
        SplicedOut += now.SplicedOut - cleared.SplicedOut;
    }
}
