using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Which threads serve the listeners of a <c>bind</c> line, over how many sockets (manual section 5.1).</summary>
internal static unsafe class BindThreadWords
{
    private const int ShardsMax = 1024;

    /// <summary>Stands for the number of groups until that is known.</summary>
    private const int ByGroup = int.MinValue;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.BindOptions.Add(new("shards", 1, "{ <number> | by-thread | by-group }", &Shards));
        Words.BindOptions.Add(new("thread", 1, "[<thread-group>/]<thread-set>[,...]", &Threads));
        Words.ProxyChecks.Add(new("threads of listeners", 600, &Check));
    }

    private static void Shards(Directive line, BindDraft bind)
    {
        string text = line.Next();
        int number = text switch
        {
            "by-thread" => ThreadSet.ThreadsMax,
            "by-group" => ByGroup,
            _ => ConfigurationUnits.Integer(text),
        };
        if (text.Length == 0) BindOptions.Refuse(line, bind, "'shards' : missing value");
        else if (number is < 1 or > ShardsMax && number != ByGroup)
        {
            BindOptions.Refuse(
                line, bind, $"'shards' : invalid value {number}, allowed range is 1..{ShardsMax} or 'by-thread'");
        }
        else bind.Listener.Shards = number;
    }

    private static void Threads(Directive line, BindDraft bind)
    {
        ThreadSet set = bind.Listener.WantedThreads ??= new ThreadSet();
        if (set.Add(line.Next()) is not { } fault) return;
        BindOptions.Refuse(line, bind, $"{fault}.");
        bind.Listener.WantedThreads = null;
    }

    private static void Check(ConfigurationDraft draft, ProxyDraft proxy)
    {
        Globals globals = draft.Globals;
        int count = ThreadChecks.Count(globals);
        string? told = null;
        foreach (Listener listener in proxy.Listeners)
        {
            if (listener.Shards == ByGroup) listener.Shards = Math.Max(1, globals.Groups.Length);
            if (listener.WantedThreads is not { } set) continue;
            listener.Threads = set.Of(count, globals.Groups, out string? fault);
            string place = $"'bind {listener.BindText}' at [{listener.File}:{listener.Line}].";
            if (fault is null || told == place) continue;
            told = place;
            draft.Diagnostics.Alert($"{proxy.KindWord} '{proxy.Name}': 'thread' directive {fault} in {place}");
        }
    }
}
