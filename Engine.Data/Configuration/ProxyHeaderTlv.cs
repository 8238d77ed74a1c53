using Engine.Data.Logs;

namespace Engine.Data.Configuration;

/// <summary>A TLV that <c>set-proxy-v2-tlv-fmt</c> adds to the headers sent to a server.</summary>
/// <param name="Type">0 to 255.</param>
/// <param name="Format">Makes the value.</param>
public sealed record ProxyHeaderTlv(byte Type, LogProgram Format);
