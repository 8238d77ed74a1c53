using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Tables;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The words behind <c>option</c> (manual section 4.2).</summary>
internal static unsafe class OptionWords
{
    private const SectionKinds Front = SectionKinds.FrontendSide;
    private const SectionKinds Back = SectionKinds.BackendSide;
    private const SectionKinds Both = SectionKinds.Proxies;

    private const ProxyOptions ConnectionModes =
        ProxyOptions.HttpClose | ProxyOptions.HttpServerClose | ProxyOptions.HttpKeepAlive;

    [ModuleInitializer]
    internal static void Register()
    {
        Plain("abortonclose", Both, ProxyOptions.AbortOnClose);
        Plain("allbackups", Back, ProxyOptions.AllBackups);
        Plain("contstats", Front, ProxyOptions.ContinuousStatistics);
        Plain("independent-streams", Both, ProxyOptions.IndependentStreams);
        Http("http-use-proxy-header", Front, ProxyOptions.UseProxyHeader);
        Http("checkcache", Back, ProxyOptions.CheckCache);
        Plain("clitcpka", Front, ProxyOptions.ClientKeepAlive);
        Plain("srvtcpka", Back, ProxyOptions.ServerKeepAlive);
        Words.Options.Add(new("tcpka", Both, "")
        {
            Bit = ProxyOptions.ClientKeepAlive | ProxyOptions.ServerKeepAlive,
            MayBeNegated = false,
        });
        Plain("dontlog-normal", Front, ProxyOptions.DontLogNormal);
        Plain("dontlognull", Front, ProxyOptions.DontLogNull);
        Plain("log-separate-errors", Front, ProxyOptions.LogSeparateErrors);
        Plain("logasap", Front, ProxyOptions.LogAsap);
        Plain("nolinger", Both, ProxyOptions.NoLinger);
        Plain("persist", Back, ProxyOptions.Persist);
        Http("prefer-last-server", Back, ProxyOptions.PreferLastServer);
        Plain("socket-stats", Front, ProxyOptions.SocketStatistics);
        Plain("splice-auto", Both, ProxyOptions.SpliceAuto);
        Plain("splice-request", Both, ProxyOptions.SpliceRequest);
        Plain("splice-response", Both, ProxyOptions.SpliceResponse);
        Plain("tcp-smart-accept", Front, ProxyOptions.SmartAccept);
        Plain("tcp-smart-connect", Back, ProxyOptions.SmartConnect);
        Http("accept-unsafe-violations-in-http-request", Front, ProxyOptions.AcceptUnsafeRequest);
        Http("accept-unsafe-violations-in-http-response", Back, ProxyOptions.AcceptUnsafeResponse);
        Words.Options.Add(new("accept-invalid-http-request", Front, "")
        {
            Bit = ProxyOptions.AcceptUnsafeRequest,
            HttpOnly = true,
            ReplacedBy = "accept-unsafe-violations-in-http-request",
            MayBeNegated = false,
        });
        Words.Options.Add(new("accept-invalid-http-response", Back, "")
        {
            Bit = ProxyOptions.AcceptUnsafeResponse,
            HttpOnly = true,
            ReplacedBy = "accept-unsafe-violations-in-http-response",
            MayBeNegated = false,
        });
        Http("disable-h2-upgrade", Front, ProxyOptions.DisableH2Upgrade);
        Http("http-buffer-request", Both, ProxyOptions.HttpBufferRequest);
        Http("http-ignore-probes", Front, ProxyOptions.HttpIgnoreProbes);
        Http("http-no-delay", Both, ProxyOptions.HttpNoDelay);
        Http("http-pretend-keepalive", Back, ProxyOptions.PretendKeepAlive);
        Http("http-drop-request-trailers", Back, ProxyOptions.DropRequestTrailers);
        Http("http-drop-response-trailers", Front, ProxyOptions.DropResponseTrailers);
        Http("idle-close-on-response", Front, ProxyOptions.IdleCloseOnResponse);
        Plain("h1-case-adjust-bogus-client", Front, ProxyOptions.AdjustClientCase);
        Plain("h1-case-adjust-bogus-server", Back, ProxyOptions.AdjustServerCase);
        Mode("http-keep-alive", ProxyOptions.HttpKeepAlive);
        Mode("http-server-close", ProxyOptions.HttpServerClose);
        Mode("httpclose", ProxyOptions.HttpClose);
        Registry<OptionWord> words = Words.Options;
        words.Add(new("forwardfor", Both, "[ except <network> ] [ header <name> ] [ if-none ]")
        {
            Parse = &ForwardFor,
            MayBeNegated = false,
            HttpOnly = true,
            Bit = ProxyOptions.ForwardFor,
        });
        words.Add(new("originalto", Both, "[ except <network> ] [ header <name> ]")
        {
            Parse = &OriginalTo,
            MayBeNegated = false,
            HttpOnly = true,
            Bit = ProxyOptions.OriginalTo,
        });
        words.Add(new("http-restrict-req-hdr-names", Both, "{ preserve | delete | reject }")
        {
            Parse = &RestrictNames,
            MayBeNegated = false,
            HttpOnly = true,
        });
        words.Add(new("httplog", Both, "[ clf ]")
        {
            Parse = &LogFormat,
            MayBeNegated = false,
            HttpOnly = true,
            Bit = ProxyOptions.HttpLog,
        });
        words.Add(new("httpslog", Both, "")
        {
            Parse = &LogFormat,
            MayBeNegated = false,
            HttpOnly = true,
            Bit = ProxyOptions.HttpsLog,
        });
        words.Add(new("tcplog", Both, "[ clf ]")
        {
            Parse = &LogFormat,
            MayBeNegated = false,
            Bit = ProxyOptions.TcpLog,
        });
        words.Add(new("redispatch", Back, "[ <interval> ]") { Parse = &Redispatch, Bit = ProxyOptions.Redispatch });
    }

    private static void Plain(string word, SectionKinds sections, ProxyOptions bit) =>
        Words.Options.Add(new(word, sections, "") { Bit = bit });

    private static void Http(string word, SectionKinds sections, ProxyOptions bit) =>
        Words.Options.Add(new(word, sections, "") { Bit = bit, HttpOnly = true });

    private static void Mode(string word, ProxyOptions bit) =>
        Words.Options.Add(new(word, Both, "") { Bit = bit, Clears = ConnectionModes, HttpOnly = true });

    private static void LogFormat(Directive line)
    {
        string word = line[1];
        if (!line.AtEnd && word != "httpslog" && line.Next() != "clf")
        {
            line.Alert($"keyword '{word}' only supports option 'clf'.");
            return;
        }
        if (!line.AtEnd && word != "httpslog")
        {
            line.RefuseWord($"option {word}", line.Peek());
            return;
        }
        bool isCommon = line.Count > 2 && word != "httpslog"; // whose arguments nobody reads
        ProxyDraft proxy = line.Proxy;
        if (line.Section == SectionKinds.Backend)
        {
            line.Warn($"backend '{proxy.Name}' : 'option {word}' directive is ignored in backends.");
        }
        ProxyOptions bit = word switch
        {
            "httplog" => ProxyOptions.HttpLog,
            "httpslog" => ProxyOptions.HttpLog | ProxyOptions.HttpsLog,
            _ => ProxyOptions.TcpLog,
        };
        LogFormatOverride.Warn(line, $"option {word}{(isCommon ? " clf" : "")}", LogFormatOverride.WordOf(proxy));
        const ProxyOptions all = ProxyOptions.HttpLog | ProxyOptions.HttpsLog | ProxyOptions.TcpLog | ProxyOptions.ClfLog;
        proxy.Target.Options &= ~all;
        proxy.Target.Options |= isCommon ? bit | ProxyOptions.ClfLog : bit;
        proxy.LogFormatText = null;
        proxy.LogFormatFile = line.File;
        proxy.LogFormatLine = line.Line;
    }

    private static void Redispatch(Directive line)
    {
        Proxy target = line.Proxy.Target;
        bool isSwitchedOff = line.Negated || line.ToDefault;
        target.Options &= ~ProxyOptions.Redispatch;
        target.RedispatchInterval = 0;
        if (isSwitchedOff) return;
        target.Options |= ProxyOptions.Redispatch;
        target.RedispatchInterval = line.AtEnd ? -1 : ConfigurationUnits.Integer(line.Next());
    }

    private static void ForwardFor(Directive line)
    {
        Proxy target = line.Proxy.Target;
        ValueList<AddressRange> except = new();
        ProxyOptions options = ProxyOptions.ForwardFor;
        ByteView header = default;
        while (!line.AtEnd)
        {
            string word = line.Next();
            string value = word == "if-none" ? "" : line.Next();
            if (word == "if-none") options |= ProxyOptions.ForwardForIfNone;
            else if (word == "header" && value.Length > 0) header = ByteView.Literal(value.ToLowerInvariant());
            else if (word == "except" && TryNetwork(value, out AddressRange range)) except.Add(range);
            else
            {
                line.Alert(word switch
                {
                    "except" => "'option forwardfor except' expects <address>[/mask] as argument.",
                    "header" => "'option forwardfor header' expects <header_name> as argument.",
                    _ => "'option forwardfor' only supports optional values: 'except', 'header' and 'if-none'.",
                });
                return;
            }
        }
        target.Options = (target.Options & ~ProxyOptions.ForwardForIfNone) | options;
        target.ForwardForHeader = header;
        target.ForwardForExcept = except.ToArray();
    }

    private static void OriginalTo(Directive line)
    {
        Proxy target = line.Proxy.Target;
        ValueList<AddressRange> except = new();
        ByteView header = default;
        while (!line.AtEnd)
        {
            string word = line.Next();
            string value = line.Next();
            if (word == "header" && value.Length > 0) header = ByteView.Literal(value.ToLowerInvariant());
            else if (word == "except" && TryNetwork(value, out AddressRange range)) except.Add(range);
            else
            {
                line.Alert(word switch
                {
                    "except" => "'option originalto except' expects <address>[/mask] as argument.",
                    "header" => "'option originalto header' expects <header_name> as argument.",
                    _ => "'option originalto' only supports optional values: 'except' and 'header'.",
                });
                return;
            }
        }
        target.Options |= ProxyOptions.OriginalTo;
        target.OriginalToHeader = header;
        target.OriginalToExcept = except.ToArray();
    }

    private static void RestrictNames(Directive line)
    {
        const string expects = "option 'http-restrict-req-hdr-names' expects 'preserve', 'reject' or 'delete' option.";
        Proxy target = line.Proxy.Target;
        string word = line.Next();
        ProxyOptions bit = word == "delete" ? ProxyOptions.DeleteFieldNames : ProxyOptions.RejectFieldNames;
        if (line.Count > 3) line.RefuseWord("option", line[3]);
        else if (word.Length == 0) line.Alert($"missing parameter. {expects}");
        else if (word is not ("preserve" or "delete" or "reject")) line.Alert($"invalid parameter '{word}'. {expects}");
        else
        {
            target.Options &= ~(ProxyOptions.DeleteFieldNames | ProxyOptions.RejectFieldNames);
            if (word != "preserve") target.Options |= bit;
        }
    }

    private static bool TryNetwork(string text, out AddressRange range)
    {
        range = default;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> host = slash < 0 ? text : text.AsSpan(0, slash);
        if (!AddressText.TryParse(host, out SocketAddress address)) return false;
        int width = address.Family == AddressFamily.Inet ? 32 : 128;
        int bits = width;
        if (slash >= 0 && !TryPrefix(text.AsSpan(slash + 1), width, out bits)) return false;
        range = new AddressRange(address, bits);
        return true;
    }

    /// <summary>A prefix length, or an IPv4 mask with all its ones in front.</summary>
    private static bool TryPrefix(ReadOnlySpan<char> text, int width, out int bits)
    {
        bits = 0;
        Span<byte> mask = stackalloc byte[4];
        if (width == 32 && AddressText.TryParseIpv4(text, mask))
        {
            uint ones = BinaryPrimitives.ReadUInt32BigEndian(mask);
            bits = BitOperations.LeadingZeroCount(~ones);
            return bits == BitOperations.PopCount(ones);
        }
        if (!ConfigurationUnits.TryInteger(text, out long number) || number < 0 || number > width) return false;
        bits = (int)number;
        return true;
    }
}
