using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary><c>tcp-check connect</c> and <c>http-check connect</c>.</summary>
internal static class CheckConnectReader
{
    /// <summary>Null after an alert.</summary>
    public static CheckRule? Read(Directive line, string what)
    {
        int port = 0;
        bool lingers = false;
        string comment = "";
        SocketAddress address = default;
        while (!line.AtEnd)
        {
            string word = line.Next();
            switch (word)
            {
                case "default":
                    break;
                case "linger":
                    lingers = true;
                    break;
                case "comment":
                    comment = line.Next();
                    break;
                case "port":
                    port = ConfigurationUnits.Integer(line.Peek());
                    if (port is < 1 or > 65535)
                    {
                        line.Alert($"'{what}' : expects a valid TCP port (from range 1 to 65535) or a sample "
                            + $"expression, got {line.Peek()}..");
                        return null;
                    }
                    line.Next();
                    break;
                case "addr":
                    if (!TakeAddress(line, what, out address, ref port)) return null;
                    break;
                case "ssl" or "sni" or "alpn" or "send-proxy" or "via-socks4" or "proto":
                    line.Alert($"'{what}' with '{word}' is not supported yet.");
                    return null;
                default:
                    line.Alert($"'{what}' : expects 'comment', 'port', 'addr', 'send-proxy', 'ssl', 'sni', 'alpn' or "
                        + $"'via-socks4', 'linger', 'default' but got '{word}' as argument..");
                    return null;
            }
        }
        return new CheckRule
        {
            Step = new CheckStep { Port = port, Address = address, Lingers = lingers, Comment = comment },
        };
    }

    private static bool TakeAddress(Directive line, string what, out SocketAddress address, ref int port)
    {
        string text = line.Next();
        const AddressRules Rules = AddressRules.Port | AddressRules.Resolves;
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        address = parsed.Address;
        if (error is not null)
        {
            line.Alert($"'{what}' : {error}.");
            return false;
        }
        if (port == 0) port = address.Port;
        return true;
    }
}
