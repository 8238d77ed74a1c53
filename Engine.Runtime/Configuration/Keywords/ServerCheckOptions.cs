using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Runtime.Configuration.Keywords.Checks;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Options of <c>server</c> lines about checks, agents and what follows from them (manual section 5.2).</summary>
internal static unsafe class ServerCheckOptions
{
    /// <summary>Milliseconds: shorter delays without a unit were probably meant as seconds.</summary>
    private const uint SuspiciousMs = 100;

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ServerOption> words = Words.ServerOptions;
        words.Add(new("check", 0, "", &Check));
        words.Add(new("no-check", 0, "", &NoCheck));
        words.Add(new("inter", 1, "<delay>", &Interval));
        words.Add(new("fastinter", 1, "<delay>", &FastInterval));
        words.Add(new("downinter", 1, "<delay>", &DownInterval));
        words.Add(new("rise", 1, "<count>", &Rise));
        words.Add(new("fall", 1, "<count>", &Fall));
        words.Add(new("port", 1, "<port>", &Port));
        words.Add(new("addr", 1, "<address>", &Address));
        words.Add(new("track", 1, "[<backend>/]<server>", &Track));
        words.Add(new("init-state", 1, "{ fully-up | up | down | fully-down | none }", &InitialState));
        words.Add(new("on-marked-down", 1, "shutdown-sessions", &OnMarkedDown));
        words.Add(new("on-marked-up", 1, "shutdown-backup-sessions", &OnMarkedUp));
        words.Add(new("observe", 1, "{ none | layer4 | layer7 }", &Observe));
        words.Add(new("on-error", 1, "{ fastinter | fail-check | sudden-death | mark-down }", &OnError));
        words.Add(new("error-limit", 1, "<count>", &ErrorLimit));
        words.Add(new("agent-check", 0, "", &AgentCheck));
        words.Add(new("no-agent-check", 0, "", &NoAgentCheck));
        words.Add(new("agent-inter", 1, "<delay>", &AgentInterval));
        words.Add(new("agent-port", 1, "<port>", &AgentPort));
        words.Add(new("agent-addr", 1, "<address>", &AgentAddress));
        words.Add(new("agent-send", 1, "<text>", &AgentSend));
        Words.ProxyChecks.Add(new("tracked servers and agents", 650, &ServerFollowers.Resolve));
    }

    private static void Check(Directive line, ServerDraft server) => server.Target.IsChecked = true;

    private static void NoCheck(Directive line, ServerDraft server) => server.Target.IsChecked = false;

    private static void AgentCheck(Directive line, ServerDraft server) => server.Target.HasAgent = true;

    private static void NoAgentCheck(Directive line, ServerDraft server) => server.Target.HasAgent = false;

    private static void Interval(Directive line, ServerDraft server) =>
        TakeDelay(line, server, "inter", ref server.Target.Check.IntervalMs);

    private static void FastInterval(Directive line, ServerDraft server)
    {
        TakeDelay(line, server, "fastinter", ref server.Target.Check.FastIntervalMs);
        server.Target.Agent.FastIntervalMs = server.Target.Check.FastIntervalMs;
    }

    private static void DownInterval(Directive line, ServerDraft server)
    {
        TakeDelay(line, server, "downinter", ref server.Target.Check.DownIntervalMs);
        server.Target.Agent.DownIntervalMs = server.Target.Check.DownIntervalMs;
    }

    private static void AgentInterval(Directive line, ServerDraft server) =>
        TakeDelay(line, server, "agent-inter", ref server.Target.Agent.IntervalMs);

    private static void Rise(Directive line, ServerDraft server)
    {
        CheckSettings check = server.Target.Check;
        bool wasRise = check.InitialHealth == check.Rise;
        bool wasDown = check.InitialHealth == check.Rise - 1;
        if (!TakeCount(line, server, "rise", "'rise' has to be > 0", ref check.Rise)) return;
        if (wasRise) check.InitialHealth = check.Rise;
        else if (wasDown) check.InitialHealth = check.Rise - 1;
    }

    private static void Fall(Directive line, ServerDraft server)
    {
        CheckSettings check = server.Target.Check;
        bool wasFull = check.InitialHealth == check.HealthMax;
        if (TakeCount(line, server, "fall", "'fall' has to be > 0", ref check.Fall) && wasFull)
            check.InitialHealth = check.HealthMax;
    }

    private static void Port(Directive line, ServerDraft server) =>
        TakePort(line, server, "port", ref server.Target.Check.Port);

    private static void AgentPort(Directive line, ServerDraft server) =>
        TakePort(line, server, "agent-port", ref server.Target.Agent.Port);

    private static void Address(Directive line, ServerDraft server) =>
        TakeAddress(line, server, "addr", "<ipv4|ipv6>", ref server.Target.Check.Address);

    private static void AgentAddress(Directive line, ServerDraft server) =>
        TakeAddress(line, server, "agent-addr", "an address", ref server.Target.Agent.Address);

    private static void AgentSend(Directive line, ServerDraft server)
    {
        if (TakeText(line, server, "'agent-send' expects a string as argument", out string text))
            server.AgentSend = text;
    }

    private static void Track(Directive line, ServerDraft server)
    {
        if (TakeText(line, server, "'track' expects [<proxy>/]<server> as argument", out string text))
            server.Tracks = text;
    }

    private static void InitialState(Directive line, ServerDraft server)
    {
        CheckSettings check = server.Target.Check;
        int? health = line.Peek() switch
        {
            "none" or "up" => check.Rise,
            "fully-up" => check.HealthMax,
            "down" => check.Rise - 1,
            "fully-down" => 0,
            _ => null,
        };
        check.HasInitialState = line.Peek() != "none";
        if (TakeChoice(line, server, "init-state", "one of 'none', 'fully-up', 'up', 'down', or 'fully-down'", health))
            check.InitialHealth = health!.Value;
    }

    private static void OnMarkedDown(Directive line, ServerDraft server)
    {
        int? known = line.Peek() == "shutdown-sessions" ? 1 : null;
        if (TakeChoice(line, server, "on-marked-down", "'shutdown-sessions'", known))
            server.Target.ShutsSessionsWhenDown = true;
    }

    private static void OnMarkedUp(Directive line, ServerDraft server)
    {
        int? known = line.Peek() == "shutdown-backup-sessions" ? 1 : null;
        if (TakeChoice(line, server, "on-marked-up", "'shutdown-backup-sessions'", known))
            server.Target.ShutsBackupSessionsWhenUp = true;
    }

    private static void Observe(Directive line, ServerDraft server)
    {
        ServerObservation? layer = line.Peek() switch
        {
            "none" => ServerObservation.None,
            "layer4" => ServerObservation.Layer4,
            "layer7" => ServerObservation.Layer7,
            _ => null,
        };
        if (line.AtEnd) ServerKeyword.Refuse(line, server, "'observe' expects <mode> as argument..");
        else if (layer == ServerObservation.Layer7 && line.Proxy.Target.Mode != ProxyMode.Http)
            ServerKeyword.Refuse(line, server, "'layer7' can only be used in http proxies..");
        else if (TakeChoice(line, server, "observe", "one of 'none', 'layer4', 'layer7'", (int?)layer))
            server.Target.Observes = layer!.Value;
    }

    private static void OnError(Directive line, ServerDraft server)
    {
        ErrorLimitAction? action = line.Peek() switch
        {
            "fastinter" => ErrorLimitAction.FastInterval,
            "fail-check" => ErrorLimitAction.FailCheck,
            "sudden-death" => ErrorLimitAction.SuddenDeath,
            "mark-down" => ErrorLimitAction.MarkDown,
            _ => null,
        };
        const string Words = "one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down'";
        if (TakeChoice(line, server, "on-error", Words, (int?)action)) server.Target.OnErrorLimit = action!.Value;
    }

    private static void ErrorLimit(Directive line, ServerDraft server) =>
        TakeCount(line, server, "error-limit", "error-limit has to be > 0", ref server.Target.ErrorLimit);

    private static bool TakeChoice(Directive line, ServerDraft server, string word, string choices, int? known)
    {
        string got = line.Next();
        if (known is not null) return true;
        ServerKeyword.Refuse(line, server, $"'{word}' expects {choices} but got '{got}'.");
        return false;
    }

    private static void TakeDelay(Directive line, ServerDraft server, string word, ref uint milliseconds)
    {
        if (!TakeText(line, server, $"'{word}' expects a delay as argument", out string text)) return;
        string name = server.CalledName;
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint value, out char bad);
        if (fault == UnitFault.Overflow || value > ConfigurationUnits.TimerMaxMs)
        {
            ServerKeyword.Refuse(line, server, $"timer overflow in argument <{text}> to <{word}> of server {name}, "
                + "maximum value is 2147483647 ms (~24.8 days)..");
        }
        else if (fault != UnitFault.None)
            ServerKeyword.Refuse(line, server, $"unexpected character '{bad}' in 'agent-inter' argument of server {name}..");
        else if (value == 0)
            ServerKeyword.Refuse(line, server, $"invalid value {value} for argument '{word}' of server {name}..");
        else
        {
            if (value < SuspiciousMs && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            {
                ServerKeyword.Warn(line, server, $"'{word} {text}' in server '{name}' is suspiciously small for a value in "
                    + $"milliseconds. Please use an explicit unit ('{text}ms') if that was the intent.");
            }
            milliseconds = value;
        }
    }

    private static bool TakeCount(Directive line, ServerDraft server, string word, string fault, ref int count)
    {
        if (!TakeText(line, server, $"'{word}' expects an integer argument", out string text)) return false;
        int number = ConfigurationUnits.Integer(text);
        if (number <= 0)
        {
            ServerKeyword.Refuse(line, server, $"{fault}..");
            return false;
        }
        count = number;
        return true;
    }

    private static void TakePort(Directive line, ServerDraft server, string word, ref int port)
    {
        if (TakeText(line, server, $"'{word}' expects a port number as argument", out string text))
            port = Math.Clamp(ConfigurationUnits.Integer(text), 0, ushort.MaxValue);
    }

    private static void TakeAddress(
        Directive line, ServerDraft server, string word, string expected, ref SocketAddress address)
    {
        if (!TakeText(line, server, $"'{word}' expects {expected} as argument", out string text)) return;
        const AddressRules Rules = AddressRules.Port | AddressRules.Resolves;
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null) ServerKeyword.Refuse(line, server, $"'{word}' : {error}.");
        else address = parsed.Address;
    }

    private static bool TakeText(Directive line, ServerDraft server, string fault, out string text)
    {
        text = line.Next();
        if (text.Length > 0) return true;
        ServerKeyword.Refuse(line, server, $"{fault}..");
        return false;
    }
}
