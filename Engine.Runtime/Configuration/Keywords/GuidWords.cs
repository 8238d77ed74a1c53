using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>guid</c> of proxies and servers, <c>guid-prefix</c> of listeners (manual sections 4.2, 5.1 and 5.2).</summary>
internal static unsafe class GuidWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("guid", SectionKinds.Proxies, "<string>", &OfProxy));
        Words.ServerOptions.Add(new("guid", 1, "<string>", &OfServer) { InDefaultServer = false });
        Words.BindOptions.Add(new("guid-prefix", 1, "<string>", &OfListeners));
        Words.ProxyChecks.Add(new("ids of listeners", 5, &GiveListeners) { Late = true });
    }

    private static void OfProxy(Directive line)
    {
        if (line.Section == SectionKinds.Defaults) line.Alert("'guid' not allowed in 'defaults' section.");
        else if (line[1].Length == 0) line.Alert("'guid' : expects an argument");
        else
        {
            string called = $"{line.Proxy.KindWord} {line.Proxy.Name}";
            if (Guids.Of(line.Draft).Give(line.Proxy.Target, called, line[1]) is { } fault) line.Alert($"'guid': {fault}");
            else line.Proxy.Target.Guid = line[1];
        }
    }

    private static void OfServer(Directive line, ServerDraft server)
    {
        string guid = line.Next();
        string called = $"server {line.Proxy.Name}/{server.Target.Name}";
        if (guid.Length == 0) ServerKeyword.Refuse(line, server, "'guid' : expects an argument.");
        else if (Guids.Of(line.Draft).Give(server.Target, called, guid) is { } fault)
            ServerKeyword.Refuse(line, server, $"'guid': {fault}.");
        else server.Target.Guid = guid;
    }

    private static void OfListeners(Directive line, BindDraft bind)
    {
        string prefix = line.Next();
        if (prefix.Length == 0) BindOptions.Refuse(line, bind, "'guid-prefix' : expects an argument");
        else bind.Listener.GuidPrefix = prefix;
    }

    /// <summary>The listeners of a line are counted from 0.</summary>
    private static void GiveListeners(ConfigurationDraft draft, ProxyDraft proxy)
    {
        string? lineText = null;
        int index = 0;
        foreach (Listener listener in proxy.Listeners)
        {
            if (listener.GuidPrefix is not { } prefix) continue;
            string place = $"{listener.File}:{listener.Line}";
            index = place == lineText ? index + 1 : 0;
            lineText = place;
            listener.Guid = $"{prefix}-{index}";
            if (Guids.Of(draft).Give(listener, $"listener {proxy.Name} ({place})", listener.Guid) is not { } fault) continue;
            draft.Diagnostics.AlertBare(
                $"[{place}] : error on GUID generation : {fault}. You may fix it by adjusting guid-prefix.");
            return;
        }
    }
}
