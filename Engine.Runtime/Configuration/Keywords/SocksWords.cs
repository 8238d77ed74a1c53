using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Servers that are reached through a SOCKS proxy (manual section 5.2).</summary>
internal static unsafe class SocksWords
{
    private const AddressRules Rules = AddressRules.PortRequired | AddressRules.Resolves | AddressRules.NoPortZero;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.ServerOptions.Add(new("socks4", 1, "<addr>:<port>", &Socks));
        Words.ServerOptions.Add(new("check-via-socks4", 0, "", &ChecksToo));
    }

    private static void Socks(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            ServerKeyword.Refuse(line, server, "'socks4' expects <addr>:<port> as argument..");
            return;
        }
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null) ServerKeyword.Refuse(line, server, $"'socks4 {text}' : {error}.");
        else server.Target.Socks = parsed.Address;
    }

    private static void ChecksToo(Directive line, ServerDraft server) => server.Target.Check.ViaSocks = true;
}
