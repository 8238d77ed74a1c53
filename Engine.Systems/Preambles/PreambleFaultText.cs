using System;
using Engine.Data.Connections;

namespace Engine.Systems.Preambles;

/// <summary>The texts of <c>fc_err_str</c> for preambles (manual section 7.3.3).</summary>
internal static class PreambleFaultText
{
    public static ReadOnlySpan<byte> Of(PreambleFault fault) =>
        fault switch
        {
            PreambleFault.ProxyEmpty => "Connection closed while waiting for PROXY protocol header"u8,
            PreambleFault.ProxyAborted => "Connection error while waiting for PROXY protocol header"u8,
            PreambleFault.ProxyTimeout => "Timeout while waiting for PROXY protocol header"u8,
            PreambleFault.ProxyTruncated => "Truncated PROXY protocol header received"u8,
            PreambleFault.ProxyNoHeader => "Received something which does not look like a PROXY protocol header"u8,
            PreambleFault.ProxyBadHeader => "Received an invalid PROXY protocol header"u8,
            PreambleFault.ProxyBadProtocol => "Received an unhandled protocol in the PROXY protocol header"u8,
            PreambleFault.NetScalerEmpty => "Connection closed while waiting for NetScaler Client IP header"u8,
            PreambleFault.NetScalerAborted => "Connection error while waiting for NetScaler Client IP header"u8,
            PreambleFault.NetScalerTimeout => "Timeout while waiting for a NetScaler Client IP header"u8,
            PreambleFault.NetScalerTruncated => "Truncated NetScaler Client IP header received"u8,
            PreambleFault.NetScalerBadMagic => "Received an invalid NetScaler Client IP magic number"u8,
            PreambleFault.NetScalerBadProtocol => "Received an unhandled protocol in the NetScaler Client IP header"u8,
            _ => "Success"u8,
        };
}
