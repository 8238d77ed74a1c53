using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>timeout</c> (manual section 4.2).</summary>
internal static unsafe class TimeoutWords
{
    // A plain number below this was probably meant in seconds.
    private const uint SuspiciousMs = 100;

    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("timeout", SectionKinds.Proxies, "<event> <time>", &Parse));

    private static void Parse(Directive line)
    {
        ref ProxyTimeouts timeouts = ref line.Proxy.Target.Timeouts;
        switch (line[1])
        {
            case "client":
                Take(line, ref timeouts.ClientMs, SectionKinds.FrontendSide);
                break;
            case "server":
                Take(line, ref timeouts.ServerMs, SectionKinds.BackendSide);
                break;
            case "connect":
                Take(line, ref timeouts.ConnectMs, SectionKinds.BackendSide);
                break;
            case "check":
                Take(line, ref timeouts.CheckMs, SectionKinds.BackendSide);
                break;
            case "queue":
                Take(line, ref timeouts.QueueMs, SectionKinds.BackendSide);
                break;
            case "http-keep-alive":
                Take(line, ref timeouts.HttpKeepAliveMs, SectionKinds.Proxies);
                break;
            case "http-request":
                Take(line, ref timeouts.HttpRequestMs, SectionKinds.Proxies);
                break;
            case "tunnel":
                Take(line, ref timeouts.TunnelMs, SectionKinds.BackendSide);
                break;
            case "tarpit":
                Take(line, ref timeouts.TarpitMs, SectionKinds.Proxies);
                break;
            case "client-fin":
                Take(line, ref timeouts.ClientFinMs, SectionKinds.FrontendSide);
                break;
            case "server-fin":
                Take(line, ref timeouts.ServerFinMs, SectionKinds.BackendSide);
                break;
            case "client-hs":
                Take(line, ref timeouts.ClientHandshakeMs, SectionKinds.FrontendSide);
                break;
            case "clitimeout" or "contimeout" or "srvtimeout":
                RemovedWords.RefuseTimeout(line, line[1]);
                break;
            default:
                line.Alert("'timeout' supports 'client', 'server', 'connect', 'check', 'queue', 'handshake', "
                    + "'http-keep-alive', 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin' "
                    + $"(got '{line[1]}')");
                break;
        }
    }

    private static void Take(Directive line, ref uint timeout, SectionKinds sections)
    {
        string what = $"timeout {line[1]}";
        if (line.Count < 3)
        {
            line.Alert($"'{what}' expects an integer value (in milliseconds)");
            return;
        }
        if (!TimeReader.TryRead(line, what, line[2], !TimeReader.InArgument, out uint milliseconds)) return;
        if (line.Count > 3)
        {
            line.Alert($"'{what}' : unexpected extra argument '{line[3]}' after value '{line[2]}'.");
            return;
        }
        ProxyDraft proxy = line.Proxy;
        bool isUsed = (line.Section & sections) != 0;
        if (!isUsed)
        {
            string side = sections == SectionKinds.FrontendSide ? "frontend" : "backend";
            line.Warn($"'{what}' will be ignored because {proxy.KindWord} '{proxy.Name}' has no {side} capability");
        }
        else if (line.Section != SectionKinds.Defaults && !proxy.Parts.Get<TimeoutsSeen>().Add(line[1]) && timeout > 0)
            line.Warn($"overwriting '{what}' which was already specified");
        if (isUsed && milliseconds is > 0 and < SuspiciousMs && !line[2].AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            line.Warn($"'{what} {line[2]}' in {proxy.KindWord} '{proxy.Name}' is suspiciously small for a value "
                + $"in milliseconds. Please use an explicit unit ('{line[2]}ms') if that was the intent.");
        }
        timeout = milliseconds;
    }

    /// <summary>Timeouts that lines of this section set, so that a second one is noticed.</summary>
    private sealed class TimeoutsSeen
    {
        private readonly HashSet<string> names = [];

        public bool Add(string name) => names.Add(name);
    }
}
