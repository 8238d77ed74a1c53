namespace Engine.Data.Configuration;

/// <summary>What <c>proto</c> on a <c>bind</c> or <c>server</c> line says (manual sections 5.1 and 5.2).</summary>
public enum WireProtocol : byte
{
    /// <summary>Not given: HTTP/1 in HTTP mode, unless TLS or a client's preface tells otherwise.</summary>
    Unset = 0,
    Http1,
    Http2,
}
