using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>tune.h2.*</c>, <c>proto</c> and <c>ws</c> (manual sections 3.2, 5.1 and 5.2).</summary>
internal static unsafe class Http2Words
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("tune.h2.header-table-size", SectionKinds.Global, "<number>", &HeaderTableSize));
        words.Add(new("tune.h2.initial-window-size", SectionKinds.Global, "<number>", &Number));
        words.Add(new("tune.h2.max-concurrent-streams", SectionKinds.Global, "<number>", &Number));
        words.Add(new("h2-workaround-bogus-websocket-clients", SectionKinds.Global, "", &HideWebSockets));
        words.Add(new("tune.h2.log-errors", SectionKinds.Global, "none|connection|stream", &LogErrors));
        words.Add(new("tune.h2.zero-copy-fwd-send", SectionKinds.Global, "on|off", &ZeroCopy));
        words.Add(new("tune.h2.max-frame-size", SectionKinds.Global, "<number>", &MaxFrameSize));
        foreach (string side in (System.ReadOnlySpan<string>)["be", "fe"])
        {
            words.Add(new($"tune.h2.{side}.glitches-threshold", SectionKinds.Global, "<number>", &Number));
            words.Add(new($"tune.h2.{side}.initial-window-size", SectionKinds.Global, "<number>", &Number));
            words.Add(new($"tune.h2.{side}.max-concurrent-streams", SectionKinds.Global, "<number>", &Number));
            words.Add(new($"tune.h2.{side}.max-frames-at-once", SectionKinds.Global, "<number>", &Number));
            words.Add(new($"tune.h2.{side}.rxbuf", SectionKinds.Global, "<size>", &ReceiveBuffer));
        }
        words.Add(new("tune.h2.fe.max-rst-at-once", SectionKinds.Global, "<number>", &Number));
        words.Add(new("tune.h2.fe.max-total-streams", SectionKinds.Global, "<number>", &Number));
        Words.BindOptions.Add(new("proto", 1, "<name>", &BindProtocol));
        Words.ServerOptions.Add(new("proto", 1, "<name>", &ServerProtocol));
        Words.ServerOptions.Add(new("ws", 1, "{ auto | h1 | h2 }", &WebSockets));
        Words.ProxyChecks.Add(new("wire protocols", 120, &CheckProtocols));
    }

    private static void Number(Directive line)
    {
        if (!TakeNumber(line, out int number)) return;
        Http2Settings settings = line.Draft.Globals.Http2;
        string word = line[0]["tune.h2.".Length..];
        if (word == "initial-window-size") settings.InitialWindow = number;
        else if (word == "max-concurrent-streams") settings.StreamsMax = number;
        else Set(word.StartsWith("fe.") ? settings.Frontend : settings.Backend, word[3..], number);
    }

    private static void Set(Http2Side side, string word, int number)
    {
        switch (word)
        {
            case "glitches-threshold":
                side.GlitchesMax = number;
                break;
            case "initial-window-size":
                side.InitialWindow = number;
                break;
            case "max-concurrent-streams":
                side.StreamsMax = number;
                break;
            case "max-frames-at-once":
                side.FramesAtOnce = number;
                break;
            case "max-rst-at-once":
                side.ResetsAtOnce = number;
                break;
            default:
                side.TotalStreamsMax = number;
                break;
        }
    }

    private static bool TakeNumber(Directive line, out int number)
    {
        number = ConfigurationUnits.Integer(line[1]);
        bool isStreams = line[0].EndsWith("max-concurrent-streams");
        if (isStreams && line.Count > 2)
        {
            line.Alert($"'{line[0]}' with '{line[2]}' is not supported yet.");
            return false;
        }
        if (line.RefusesMoreThan(1)) return false;
        // Of what may come at once, less than nothing is no limit.
        bool atOnce = line[0].EndsWith("-at-once");
        if (atOnce) number = Math.Max(0, number);
        if (number >= 0) return true;
        line.Alert($"'{line[0]}' expects a positive numeric value.");
        return false;
    }

    private static void HeaderTableSize(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        int number = ConfigurationUnits.Integer(line[1]);
        if (number is < 4096 or > 65536)
            line.Alert($"'{line[0]}' expects a numeric value between 4096 and 65536.");
        else line.Draft.Globals.Http2.HeaderTableSize = number;
    }

    private static void HideWebSockets(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.Http2.HidesWebSockets = true;
    }

    private static void LogErrors(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        Http2Settings settings = line.Draft.Globals.Http2;
        if (line[1] == "none") settings.LogErrors = Http2LogErrors.None;
        else if (line[1] == "connection") settings.LogErrors = Http2LogErrors.Connection;
        else if (line[1] == "stream") settings.LogErrors = Http2LogErrors.Stream;
        else line.Alert($"'{line[0]}' expects 'none', 'connection', or 'stream'");
    }

    // DATA is put straight into the frames of the connection, once, whatever is asked for.
    private static void ZeroCopy(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line[1] is not ("on" or "off")) line.Alert($"'{line[0]}' expects 'on' or 'off'.");
    }

    // Frames are never taken larger than every peer may send: the word can only ask for that.
    private static void MaxFrameSize(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        int number = ConfigurationUnits.Integer(line[1]);
        if (number is < 16384 or > 16777215)
            line.Alert($"'{line[0]}' expects a numeric value between 16384 and 16777215.");
        else if (number != 16384) line.Alert($"'{line[0]}' other than 16384 is not supported yet.");
    }

    private static void ReceiveBuffer(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out uint bytes, out char bad);
        if (fault != UnitFault.None)
        {
            line.Alert($"'{line[0]}': unexpected character '{bad}' in size argument '{line[1]}'.");
            return;
        }
        Http2Settings settings = line.Draft.Globals.Http2;
        Http2Side side = line[0].Contains(".fe.") ? settings.Frontend : settings.Backend;
        side.ReceiveBuffer = (int)Math.Min(bytes, int.MaxValue);
    }

    private static void BindProtocol(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) line.Alert($"{bind.What} : 'proto' : missing value");
        else if (Read(name) is { } protocol) bind.Listener.Protocol = protocol;
        else if (IsLater(name)) line.Alert($"{bind.What} : 'proto {name}' is not supported yet.");
        else line.Alert($"{bind.What} : 'proto' :  unknown MUX protocol '{name}'");
    }

    private static void ServerProtocol(Directive line, ServerDraft server)
    {
        string name = line.Next();
        if (name.Length == 0) ServerKeyword.Refuse(line, server, "'proto' : missing value.");
        else if (Read(name) is { } protocol) server.Target.Protocol = protocol;
        else if (IsLater(name)) ServerKeyword.Refuse(line, server, $"'proto {name}' is not supported yet.");
        else ServerKeyword.Refuse(line, server, $"'proto' :  unknown MUX protocol '{name}'.");
    }

    private static void WebSockets(Directive line, ServerDraft server)
    {
        string name = line.Next();
        server.Target.WebSocketsByOffer = name == "auto";
        if (name == "auto") server.Target.WebSockets = WireProtocol.Unset;
        else if (Read(name) is { } protocol) server.Target.WebSockets = protocol;
        else ServerKeyword.Refuse(line, server, "'ws' has to be 'auto', 'h1' or 'h2'.");
    }

    private static WireProtocol? Read(string name) => name switch
    {
        "h1" => WireProtocol.Http1,
        "h2" => WireProtocol.Http2,
        _ => null,
    };

    private static bool IsLater(string name) => name is "none" or "fcgi" or "quic" or "spop";

    /// <summary>HTTP needs a proxy that speaks it.</summary>
    private static void CheckProtocols(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Target.Mode == ProxyMode.Http) return;
        foreach (Listener listener in proxy.Listeners)
        {
            if (listener.Protocol == WireProtocol.Unset) continue;
            draft.Diagnostics.Alert($"{proxy.KindWord} '{proxy.Name}' : MUX protocol '{Word(listener.Protocol)}' is not "
                + $"usable for 'bind {listener.BindText}' at [{listener.File}:{listener.Line}].");
        }
        foreach (ServerDraft server in proxy.Servers)
        {
            if (server.Target.Protocol == WireProtocol.Unset) continue;
            if (server.Target.IsAdded) draft.Diagnostics.Alert("MUX protocol is not usable for server.");
            else draft.Diagnostics.Alert($"{proxy.KindWord} '{proxy.Name}' : MUX protocol '{Word(server.Target.Protocol)}' is "
                + $"not usable for server '{server.Target.Name}' at [{server.Target.File}:{server.Target.Line}].");
        }
    }

    private static string Word(WireProtocol protocol) => protocol == WireProtocol.Http2 ? "h2" : "h1";
}
