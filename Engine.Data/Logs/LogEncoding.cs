namespace Engine.Data.Logs;

/// <summary>How values of a log format are written.</summary>
public enum LogEncoding : byte
{
    /// <summary>As text, one after the other.</summary>
    None = 0,

    /// <summary>RFC 8259.</summary>
    Json,

    /// <summary>RFC 8949.</summary>
    Cbor,
}
