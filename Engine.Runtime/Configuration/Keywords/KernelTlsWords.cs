using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// <c>ktls</c>, TLS in the kernel (manual sections 5.1 and 5.2): it can be turned off, which it is anyway. To turn it on is
/// not supported yet.
/// </summary>
internal static unsafe class KernelTlsWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.BindOptions.Add(new("ktls", 1, "<on|off>", &OfBind));
        Words.ServerOptions.Add(new("ktls", 1, "<on|off>", &OfServer));
    }

    private static void OfBind(Directive line, BindDraft bind)
    {
        if (Read(line) is { Length: > 0 } error) line.Alert($"{bind.What} : {error}");
    }

    private static void OfServer(Directive line, ServerDraft server)
    {
        if (Read(line) is { Length: > 0 } error) ServerKeyword.Refuse(line, server, $"{error}.");
    }

    /// <summary>Empty, or what is wrong.</summary>
    private static string Read(Directive line)
    {
        string text = line.Next();
        if (text.Length == 0) return "'ktls' expects \"on\" or \"off\" as an argument";
        if (!line.Draft.Globals.ExposesExperimental)
            return "'ktls' directive is experimental, must be allowed via a global 'expose-experimental-directives'";
        line.Draft.Globals.UsesExperimental = true;
        return text switch
        {
            "on" => "'ktls on' is not supported yet",
            "off" => "",
            _ => $"'ktls' expects \"on\" or \"off\" as an argument, got '{text}'",
        };
    }
}
