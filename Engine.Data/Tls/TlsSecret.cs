namespace Engine.Data.Tls;

/// <summary>
/// The secrets of a TLS 1.3 connection, by the labels that key log files have for them (draft-ietf-tls-keylogfile).
/// </summary>
public enum TlsSecret
{
    ClientEarly,
    ClientHandshake,
    ServerHandshake,
    Client,
    Server,
    Exporter,
    EarlyExporter,
}
