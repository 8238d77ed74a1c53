namespace Engine.Systems.Http1;

/// <summary>What the fields read so far say together; lives while one head is parsed.</summary>
internal struct HeadReading
{
    /// <summary>Index of the first field of its kind, -1 before there is one.</summary>
    public int Host;

    public int ContentLength;
    public int TransferEncoding;

    /// <summary>Transfer-Encoding named chunked, and after that nothing else.</summary>
    public bool Chunked;

    /// <summary>Transfer-Encoding named another coding.</summary>
    public bool OtherCoding;

    /// <summary>Connection named upgrade.</summary>
    public bool SaysUpgrade;

    public bool HasUpgrade;

    /// <summary>Connection named fields.</summary>
    public bool NamesFields;

    /// <summary>Sec-WebSocket-Key of a request, Sec-WebSocket-Accept of a response.</summary>
    public bool HasWebSocketKey;

    public bool IsRequest;
    public bool AcceptUnsafe;

    /// <summary>Chunks with a length beside them do not end the connection.</summary>
    public bool KeepsInsecureCoding;

    /// <summary>The Host of a CONNECT stays as it is.</summary>
    public bool KeepsConnectPort;

    public static HeadReading Start(bool isRequest, bool acceptUnsafe) => new()
    {
        Host = -1,
        ContentLength = -1,
        TransferEncoding = -1,
        IsRequest = isRequest,
        AcceptUnsafe = acceptUnsafe,
    };
}
