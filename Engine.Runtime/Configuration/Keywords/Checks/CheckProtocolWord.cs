using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Names of wire protocols in the words of checks (manual section 5.2, <c>check-proto</c>).</summary>
internal static class CheckProtocolWord
{
    /// <summary>Null, or what is wrong: nobody knows the name, or only the reference does.</summary>
    public static string? Read(string name, out WireProtocol protocol, out bool isForHttp)
    {
        protocol = name switch
        {
            "h1" => WireProtocol.Http1,
            "h2" => WireProtocol.Http2,
            _ => WireProtocol.Unset,
        };
        isForHttp = protocol != WireProtocol.Unset;
        return isForHttp || name == "none" ? null
            : name is "fcgi" or "spop" ? $"'{name}' is not supported yet."
            : $"unknown MUX protocol '{name}'.";
    }
}
