using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Options of <c>server</c> lines about the connections of their checks (manual section 5.2).</summary>
internal static unsafe class CheckConnectionOptions
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ServerOption> words = Words.ServerOptions;
        words.Add(new("check-send-proxy", 0, "", &SendProxy));
        words.Add(new("no-check-send-proxy", 0, "", &NoSendProxy));
        words.Add(new("check-sni-auto", 0, "", &NameAutomatic));
        words.Add(new("no-check-sni-auto", 0, "", &NameNotAutomatic));
        words.Add(new("check-proto", 1, "<name>", &Protocol));
        words.Add(new("check-alpn", 1, "<protocols>", &Protocols));
    }

    private static ServerCheckPart Part(ServerDraft server) => server.Parts.Get<ServerCheckPart>();

    private static void SendProxy(Directive line, ServerDraft server) => Part(server).SendsProxy = true;

    /// <summary>Undoes the word before it; a server whose own connections have a header has one in its checks too.</summary>
    private static void NoSendProxy(Directive line, ServerDraft server) => Part(server).SendsProxy = false;

    private static void NameAutomatic(Directive line, ServerDraft server) => Part(server).NamesItself = true;

    private static void NameNotAutomatic(Directive line, ServerDraft server) => Part(server).NamesItself = false;

    private static void Protocol(Directive line, ServerDraft server)
    {
        string name = line.Next();
        ServerCheckPart part = Part(server);
        if (name.Length == 0)
            ServerKeyword.Refuse(line, server, "'check-proto' : missing value.");
        else if (CheckProtocolWord.Read(name, out part.Protocol, out part.IsForHttp) is { } unknown)
            ServerKeyword.Refuse(line, server, $"'check-proto' :  {unknown}");
        else
            part.HasProtocol = true;
    }

    private static void Protocols(Directive line, ServerDraft server)
    {
        string list = line.Next();
        if (list.Length == 0)
            ServerKeyword.Refuse(line, server, "'check-alpn' : missing the comma-delimited ALPN protocol suite.");
        else if (Alpn.Check("check-alpn", list) is { } wrong)
            ServerKeyword.Refuse(line, server, $"{wrong}.");
        else
            server.Target.Check.Protocols = Alpn.Encode(Alpn.Offered(list));
    }
}
