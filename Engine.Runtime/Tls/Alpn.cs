using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;

namespace Engine.Runtime.Tls;

/// <summary>Lists of protocols as ALPN has them (RFC 7301 section 3.1).</summary>
internal static class Alpn
{
    /// <summary>What HTTP frontends offer that say nothing about it.</summary>
    public static string DefaultOf(WireProtocol protocol) =>
        protocol switch
        {
            WireProtocol.Http1 => "http/1.1",
            WireProtocol.Http2 => "h2",
            _ => "h2,http/1.1",
        };

    /// <summary>The protocols of a comma-separated list.</summary>
    public static List<string> Offered(string text)
    {
        List<string> names = [];
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries)) names.Add(name);
        return names;
    }

    /// <summary>Null, or what is wrong with a list.</summary>
    public static string? Check(string word, string text)
    {
        foreach (string name in text.Split(','))
            if (name.Length > 255) return $"'{word}' : {(word == "npn" ? "NPN" : "ALPN")} protocol name too long : '{name}'";
        return null;
    }

    /// <summary>Each name with its length before it.</summary>
    public static ByteView Encode(List<string> names)
    {
        StringBuilder wire = new();
        foreach (string name in names)
            if (name.Length is > 0 and < 256) wire.Append((char)name.Length).Append(name);
        return wire.Length == 0 ? default : ByteView.Literal(wire.ToString());
    }
}
