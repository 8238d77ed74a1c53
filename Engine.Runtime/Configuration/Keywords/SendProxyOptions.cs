using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>PROXY protocol headers towards servers (manual section 5.2).</summary>
internal static unsafe class SendProxyOptions
{
    private const string TlvWord = "set-proxy-v2-tlv-fmt";

    private const SamplePlaces Places = SamplePlaces.ServerChoice | SamplePlaces.ServerSource;

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ServerOption> words = Words.ServerOptions;
        words.Add(new("no-send-proxy", 0, "", &NoVersion1));
        words.Add(new("no-send-proxy-v2", 0, "", &NoVersion2));
        words.Add(new("proxy-v2-options", 1, "<option>[,<option>]*", &Options));
        words.Add(new("send-proxy", 0, "", &Version1));
        words.Add(new("send-proxy-v2", 0, "", &Version2));
        words.Add(new("send-proxy-v2-ssl", 0, "", &Ssl));
        words.Add(new("send-proxy-v2-ssl-cn", 0, "", &CommonName));
        words.Add(new("no-send-proxy-v2-ssl", 0, "", &NoSsl));
        words.Add(new("no-send-proxy-v2-ssl-cn", 0, "", &NoCommonName));
        words.Add(new(TlvWord, 1, "(<id>) <fmt>", &Tlv) { MatchesPrefix = true });
    }

    private static void Version1(Directive line, ServerDraft server) =>
        server.Target.ProxyHeader = server.Target.ProxyHeader with { Version1 = true };

    private static void NoVersion1(Directive line, ServerDraft server) =>
        server.Target.ProxyHeader = server.Target.ProxyHeader with { Version1 = false };

    private static void Version2(Directive line, ServerDraft server) =>
        server.Target.ProxyHeader = server.Target.ProxyHeader with { Version2 = true };

    private static void NoVersion2(Directive line, ServerDraft server) =>
        server.Target.ProxyHeader = server.Target.ProxyHeader with { Version2 = false };

    private static void Ssl(Directive line, ServerDraft server) => Add(server, ProxyHeaderTls.Ssl);

    private static void CommonName(Directive line, ServerDraft server) =>
        Add(server, ProxyHeaderTls.Ssl | ProxyHeaderTls.CommonName);

    /// <summary>Takes the header itself away too, as the reference does.</summary>
    private static void NoSsl(Directive line, ServerDraft server) => Remove(server, ProxyHeaderTls.Ssl);

    private static void NoCommonName(Directive line, ServerDraft server) =>
        Remove(server, ProxyHeaderTls.Ssl | ProxyHeaderTls.CommonName);

    private static void Add(ServerDraft server, ProxyHeaderTls tls)
    {
        ProxyHeaderSettings settings = server.Target.ProxyHeader;
        server.Target.ProxyHeader = settings with { Version2 = true, Tls = settings.Tls | tls };
    }

    private static void Remove(ServerDraft server, ProxyHeaderTls tls)
    {
        ProxyHeaderSettings settings = server.Target.ProxyHeader;
        server.Target.ProxyHeader = settings with { Version2 = false, Tls = settings.Tls & ~tls };
    }

    private static void Options(Directive line, ServerDraft server)
    {
        foreach (string option in line.Next().Split(','))
        {
            if (option == "crc32c") server.Target.ProxyHeader = server.Target.ProxyHeader with { Checksum = true };
            else if (option == "unique-id")
                server.Target.ProxyHeader = server.Target.ProxyHeader with { UniqueId = true };
            else if (TlsOf(option) is { } tls)
                server.Target.ProxyHeader =
                    server.Target.ProxyHeader with { Tls = server.Target.ProxyHeader.Tls | tls };
            else ServerKeyword.Refuse(line, server, $"'{option}' : proxy v2 option not implemented.");
        }
    }

    private static ProxyHeaderTls? TlsOf(string option) =>
        option switch
        {
            "ssl" => ProxyHeaderTls.Ssl,
            "cert-cn" => ProxyHeaderTls.Ssl | ProxyHeaderTls.CommonName,
            "ssl-cipher" => ProxyHeaderTls.Ssl | ProxyHeaderTls.Cipher,
            "cert-sig" => ProxyHeaderTls.Ssl | ProxyHeaderTls.Signature,
            "cert-key" => ProxyHeaderTls.Ssl | ProxyHeaderTls.Key,
            "authority" => ProxyHeaderTls.Authority,
            _ => null,
        };

    private static void Tlv(Directive line, ServerDraft server)
    {
        string word = line[line.Position - 1];
        string text = line.Next();
        ReadOnlySpan<char> number = word.AsSpan(TlvWord.Length);
        bool isCall = number.Length >= 2 && number[0] == '(' && number[^1] == ')';
        if (!isCall) ServerKeyword.Refuse(line, server, $"'{word}' : expects set-proxy-v2-tlv(<TLV ID>).");
        else if (!TryNumber(number[1..^1], out uint type))
            ServerKeyword.Refuse(line, server, $"'{word}' : could not convert TLV ID.");
        else if (type > byte.MaxValue)
            ServerKeyword.Refuse(line, server, $"'{word}' : the maximum allowed TLV ID is 255.");
        else Add(line, server, word, (byte)type, text);
    }

    private static void Add(Directive line, ServerDraft server, string word, byte type, string text)
    {
        ParsePlace place = ParsePlace.Of(line, Places, "server expression");
        if (CompileFormat.Run(place, text, forLogs: false, out string reason, isPlain: true) is not { } format)
        {
            ServerKeyword.Refuse(line, server, $"'{word}' : failed to parse the format : {reason}.");
            return;
        }
        ProxyHeaderSettings settings = server.Target.ProxyHeader;
        server.Target.ProxyHeader = settings with { Tlvs = [.. settings.Tlvs, new ProxyHeaderTlv(type, format)] };
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out uint number)
    {
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> digits = isHexadecimal ? text[2..] : text;
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return uint.TryParse(digits, style, CultureInfo.InvariantCulture, out number);
    }
}
