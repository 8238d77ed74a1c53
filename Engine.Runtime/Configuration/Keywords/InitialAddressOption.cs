using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>init-addr</c>: how a server's name becomes an address at the start (manual section 5.2).</summary>
internal static unsafe class InitialAddressOption
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.ServerOptions.Add(new("init-addr", 1, "{ last | libc | none | <ip> },[...]*", &Parse));

    private static void Parse(Directive line, ServerDraft server)
    {
        string list = line.Next();
        foreach (string method in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (method is "last" or "libc" or "none" || AddressText.TryParse(method, out _)) continue;
            ServerKeyword.Refuse(line, server, $"'init-addr' : unknown init-addr method '{method}', supported methods "
                + "are 'libc', 'last', 'none'..");
            return;
        }
        server.InitialAddress = list;
    }
}
