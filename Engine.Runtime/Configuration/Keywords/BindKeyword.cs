using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>bind</c>: addresses separated by commas, then options (manual sections 4.2 and 5.1).</summary>
internal static unsafe class BindKeyword
{
    private const AddressRules Rules = AddressRules.PortRequired | AddressRules.PortRange | AddressRules.Resolves
        | AddressRules.Descriptor | AddressRules.DescriptorIsSocket | AddressRules.Unix
        | AddressRules.BindsPath | AddressRules.NoPortZero | AddressRules.Connections;

    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new(
            "bind",
            SectionKinds.Frontend | SectionKinds.Listen,
            "<address>[:<port>[-<port>]][,...] [<option> ...]",
            &Parse));

    private static void Parse(Directive line)
    {
        string list = line.Next();
        if (list.Length == 0)
        {
            line.Alert("'bind' expects {<path>|[addr1]:port1[-end1]}{,[addr]:port[-end]}... as arguments.");
            return;
        }
        int first = line.Proxy.Listeners.Count;
        string addresses = list.EndsWith(',') ? list[..^1] : list; // one at the end is overlooked
        foreach (string address in addresses.Split(','))
        {
            string? error = AddListeners(line, address, list);
            if (error is null) continue;
            line.Alert($"'bind' : {error}");
            line.Proxy.Listeners.RemoveRange(first, line.Proxy.Listeners.Count - first);
            return;
        }
        BindDraft draft = new() { AddressCount = line.Proxy.Listeners.Count - first };
        BindOptionReader.Run(line, draft, $"'bind {list}' in section '{line.SectionWord}'");
        for (int i = first; i < line.Proxy.Listeners.Count; i++) Apply(draft.Listener, line.Proxy.Listeners[i], i == first);
        TlsBindWords.Finish(line, draft, list, first);
    }

    private static string? AddListeners(Directive line, string address, string list)
    {
        string? error = AddressReader.TryRead(address, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null) return error;
        int last = parsed.Fd >= 0 || parsed.Path is not null ? parsed.Address.Port : parsed.PortHigh;
        for (int port = parsed.Address.Port; port <= last; port++)
        {
            Listener listener = new()
            {
                Address = parsed.Address,
                Path = parsed.Path,
                Abstract = parsed.Abstract,
                IsExactName = parsed.IsExactName,
                Multipath = parsed.Multipath,
                InheritedFd = parsed.Fd,
                Text = TextOf(address, parsed, port),
                BindText = list,
                File = line.File,
                Line = line.Line,
            };
            listener.Address.Port = (ushort)port;
            line.Proxy.Listeners.Add(listener);
        }
        return null;
    }

    private static string TextOf(string address, in ParsedAddress parsed, int port)
    {
        if (parsed.Fd >= 0 || parsed.Path is not null) return address;
        string expanded = ExpandVariables.Run(address);
        return $"{expanded.AsSpan(0, expanded.LastIndexOf(':'))}:{port}";
    }

    /// <summary>Options of the line hold for all its addresses; an <c>id</c> for the first alone.</summary>
    private static void Apply(Listener options, Listener target, bool isFirst)
    {
        target.Name = options.Name;
        target.Id = isFirst ? options.Id : 0;
        target.MaxConnections = options.MaxConnections;
        target.Backlog = options.Backlog;
        target.V4V6 = options.V4V6;
        target.V6Only = options.V6Only;
        target.Transparent = options.Transparent;
        target.DeferAccept = options.DeferAccept;
        target.FastOpen = options.FastOpen;
        target.SavesSyn = options.SavesSyn;
        target.Congestion = options.Congestion;
        target.WantedThreads = options.WantedThreads;
        target.Shards = options.Shards;
        target.GuidPrefix = options.GuidPrefix;
        target.Interface = options.Interface;
        target.UnixMode = options.UnixMode;
        target.UnixUid = options.UnixUid;
        target.UnixGid = options.UnixGid;
        target.MaximumSegment = options.MaximumSegment;
        target.UserTimeoutMs = options.UserTimeoutMs;
        target.Namespace = options.Namespace;
        target.SigningKey = options.SigningKey;
        target.Preamble = options.Preamble;
        target.NetScalerMagic = options.NetScalerMagic;
        target.Protocol = options.Protocol;
    }
}
