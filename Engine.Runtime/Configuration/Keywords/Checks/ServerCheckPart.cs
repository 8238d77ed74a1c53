using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>What a <c>server</c> or <c>default-server</c> line says of the connections of its checks.</summary>
internal sealed class ServerCheckPart : ICopiedPart
{
    /// <summary><c>check-send-proxy</c>.</summary>
    public bool SendsProxy;

    /// <summary><c>no-check-sni-auto</c> was not said.</summary>
    public bool NamesItself = true;

    /// <summary><c>check-proto</c>, and whether it is one of HTTP.</summary>
    public bool HasProtocol;

    public WireProtocol Protocol;

    public bool IsForHttp;

    public object Copy() => MemberwiseClone();
}
