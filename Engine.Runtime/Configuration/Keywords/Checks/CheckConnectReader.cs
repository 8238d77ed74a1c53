using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Runtime.Tls;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary><c>tcp-check connect</c> and <c>http-check connect</c>.</summary>
internal sealed class CheckConnectReader
{
    private readonly Directive line;
    private readonly string what;
    private int port;
    private SampleExpression? portOf;
    private SocketAddress address;
    private string comment = "";
    private ByteView name;
    private ByteView protocols;
    private WireProtocol protocol;
    private bool lingers;
    private bool isDefault;
    private bool encrypts;
    private bool sendsProxy;
    private bool viaSocks;

    private CheckConnectReader(Directive line, string what)
    {
        this.line = line;
        this.what = what;
    }

    /// <summary>Null after an alert.</summary>
    public static CheckRule? Read(Directive line, string what)
    {
        CheckConnectReader reader = new(line, what);
        while (!line.AtEnd)
        {
            if (reader.Word(line.Next()) is not { } fault) continue;
            line.Alert(fault.EndsWith(" is not supported yet.") ? fault : $"'{what}' : {fault}");
            return null;
        }
        return new CheckRule { Step = reader.Make() };
    }

    private CheckStep Make() => new()
    {
        Port = port,
        PortOf = portOf,
        Address = address,
        Lingers = lingers,
        Comment = comment,
        IsDefault = isDefault,
        Encrypts = encrypts,
        ServerName = name,
        Protocols = protocols,
        Protocol = protocol,
        SendsProxy = sendsProxy,
        ViaSocks = viaSocks,
    };

    /// <summary>Null, or what is wrong.</summary>
    private string? Word(string word)
    {
        switch (word)
        {
            case "default":
                isDefault = true;
                return null;
            case "linger":
                lingers = true;
                return null;
            case "send-proxy":
                sendsProxy = true;
                return null;
            case "ssl":
                encrypts = true;
                if (TlsLibrary.Load(out string error) is not { } settings) return $"'ssl' : {error}.";
                line.Draft.Target.Tls = settings;
                return null;
            case "comment":
                comment = line.Next();
                return comment.Length > 0 ? null : "'comment' expects a string as argument..";
            case "sni":
                string host = line.Next();
                if (host.Length == 0) return "'sni' expects a string as argument..";
                name = ByteView.Literal(SharedSettings.Zeroed(host));
                return null;
            case "alpn":
                string list = line.Next();
                if (list.Length == 0) return "'alpn' : missing the comma-delimited ALPN protocol suite.";
                if (Alpn.Check("alpn", list) is { } wrong) return $"{wrong}.";
                protocols = Alpn.Encode(Alpn.Offered(list));
                return null;
            case "port":
                return TakePort();
            case "addr":
                return TakeAddress();
            case "proto":
                return TakeProtocol();
            case "via-socks4":
                viaSocks = true;
                return null;
            default:
                return "expects 'comment', 'port', 'addr', 'send-proxy', 'ssl', 'sni', 'alpn' or 'via-socks4', 'linger', "
                    + $"'default' but got '{word}' as argument..";
        }
    }

    private string? TakeProtocol()
    {
        string text = line.Next();
        if (text.Length == 0) return "'proto' expects a MUX protocol as argument..";
        if (CheckProtocolWord.Read(text, out protocol, out bool isForHttp) is { } unknown)
            return unknown.EndsWith(" yet.") ? $"'{what}' with 'proto {text}' is not supported yet." : $"'proto' : {unknown}.";
        string kind = line[0];
        return isForHttp == (kind == "http-check") ? null : $"'proto' : invalid MUX protocol '{text}' for {kind}.";
    }

    private string? TakePort()
    {
        string text = line.Next();
        if (text.Length == 0) return "'port' expects a port number or a sample expression as argument..";
        if (!char.IsAsciiDigit(text[0]))
        {
            portOf = ParseExpression.Run(ParsePlace.Of(line, SamplePlaces.TcpCheck), text, out string error);
            return portOf is null ? $"error detected while parsing port expression : {error}." : null;
        }
        port = ConfigurationUnits.Integer(text);
        return port is >= 1 and <= 65535 ? null
            : $"expects a valid TCP port (from range 1 to 65535) or a sample expression, got {text}..";
    }

    private string? TakeAddress()
    {
        string text = line.Next();
        if (text.Length == 0) return "'addr' expects <ipv4|ipv6> as argument..";
        const AddressRules Rules = AddressRules.Port | AddressRules.Resolves;
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null) return $"'addr' : {error}..";
        address = parsed.Address;
        if (port == 0) port = address.Port;
        return null;
    }
}
