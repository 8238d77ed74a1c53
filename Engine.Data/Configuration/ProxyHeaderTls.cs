using System;

namespace Engine.Data.Configuration;

/// <summary>What a PROXY header tells of the client's encryption (manual section 5.2, <c>proxy-v2-options</c>).</summary>
[Flags]
public enum ProxyHeaderTls : byte
{
    None = 0,

    /// <summary><c>send-proxy-v2-ssl</c> and option <c>ssl</c>; part of all that follow but the last.</summary>
    Ssl = 1,

    /// <summary><c>send-proxy-v2-ssl-cn</c> and option <c>cert-cn</c>.</summary>
    CommonName = 2,

    Key = 4,
    Signature = 8,
    Cipher = 16,

    /// <summary>The name that the client asked for.</summary>
    Authority = 32,
}
