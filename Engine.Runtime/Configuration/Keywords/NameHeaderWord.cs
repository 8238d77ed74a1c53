using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>http-send-name-header</c>: servers are told their names (manual section 4.2).</summary>
internal static unsafe class NameHeaderWord
{
    /// <summary>Fields that say how a message is read are not for this.</summary>
    private static readonly string[] Refused = ["Host", "Connection", "Content-Length", "Transfer-Encoding"];

    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("http-send-name-header", SectionKinds.Proxies, "<header>", &Parse));

    private static void Parse(Directive line)
    {
        string name = line.Next();
        if (line.Section == SectionKinds.Frontend)
        {
            line.Warn($"'http-send-name-header' ignored because {line.Proxy.KindWord} '{line.Proxy.Name}' has no backend "
                + "capability.");
        }
        if (name.Length == 0) line.Alert("'http-send-name-header' requires a header string.");
        else if (Array.Exists(Refused, refused => refused.Equals(name, StringComparison.OrdinalIgnoreCase)))
            line.Alert($"'{name}' cannot be used as header name for 'http-send-name-header' directive.");
        else line.Proxy.Target.ServerNameField = ByteView.Literal(name.ToLowerInvariant());
    }
}
