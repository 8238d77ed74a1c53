using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Systems.Rules.Actions;

/// <summary>Finds the messages of <c>http-errors</c> sections that replies name, once all files are read (manual section 4.4).</summary>
internal static unsafe class ResolveReplies
{
    /// <summary>Among the checks of a proxy: behind its rules of switching, before its servers.</summary>
    private const int Order = 400;

    [ModuleInitializer]
    internal static void Register() =>
        Words.ProxyChecks.Add(new("replies of http-errors sections", Order, &Run) { InDefaults = true });

    /// <summary>Notes a reply whose message is that of a section.</summary>
    public static void Later(ProxyDraft proxy, HttpReply reply, string section) =>
        proxy.Parts.Get<Unresolved>().Items.Add((reply, section));

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<Unresolved>() is not { } part) return;
        foreach ((HttpReply reply, string name) in part.Items)
        {
            if (!draft.Parts.Get<HttpErrorSections>().ByName.TryGetValue(name, out HttpErrorSection? section))
            {
                draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': unknown http-errors section '{name}' referenced by "
                    + "an http reply .");
            }
            else if (section.Replies.Find(reply.Status) is { } message)
            {
                reply.File = message;
                reply.Closes = message.Closes;
            }
            else
            {
                draft.Diagnostics.Warn($"Proxy '{proxy.Name}': status '{reply.Status}' referenced by an http reply not "
                    + $"declared in http-errors section '{name}'.");
                reply.IsErrorReply = true;
            }
        }
    }

    private sealed class Unresolved
    {
        public readonly List<(HttpReply Reply, string Section)> Items = [];
    }
}
