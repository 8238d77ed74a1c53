namespace Engine.Data.Connections;

/// <summary>
/// Why a preamble was refused, by the numbers that <c>fc_err</c> answers (manual section 7.3.3). Always the client's
/// fault; nothing is retried.
/// </summary>
public enum PreambleFault : byte
{
    None = 0,
    ProxyEmpty = 11,
    ProxyAborted = 12,
    ProxyTimeout = 13,
    ProxyTruncated = 14,
    ProxyNoHeader = 15,
    ProxyBadHeader = 16,
    ProxyBadProtocol = 17,
    NetScalerEmpty = 18,
    NetScalerAborted = 19,
    NetScalerTimeout = 20,
    NetScalerTruncated = 21,
    NetScalerBadMagic = 22,
    NetScalerBadProtocol = 23,
}
