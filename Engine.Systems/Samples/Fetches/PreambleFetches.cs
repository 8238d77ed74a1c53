using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Preambles;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What a client's PROXY protocol header said (manual section 7.3.3).</summary>
internal static unsafe class PreambleFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Fetches.Add(new(
            "fc_rcvd_proxy", ArgumentSpec.None, SampleType.Boolean, SamplePlaces.Connection, &Received));
        Words.Fetches.Add(new(
            "fc_pp_authority", ArgumentSpec.None, SampleType.String, SamplePlaces.Connection, &FirstAuthority)
        {
            Prepare = &KeepTlvs,
        });
        Words.Fetches.Add(new(
            "fc_pp_unique_id", ArgumentSpec.None, SampleType.String, SamplePlaces.Connection, &FirstUniqueId)
        {
            Prepare = &KeepTlvs,
        });
        Words.Fetches.Add(new("fc_pp_tlv", ArgumentSpec.OneText, SampleType.String, SamplePlaces.Connection, &Value)
        {
            Prepare = &PrepareType,
        });
    }

    private static string? KeepTlvs(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.ReadsProxyTlvs = true;
        return null;
    }

    private static string? PrepareType(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.ReadsProxyTlvs = true;
        string text = System.Text.Encoding.Latin1.GetString(arguments.Text(0).Span);
        int type = text.Length == 0 ? 0 : NumberOf(text); // without an argument the reference looks for type 0
        if (type < 0) return $"Could not convert type '{text}'";
        if (type > byte.MaxValue) return $"Invalid TLV Type '{text}'";
        arguments.Prepared = (byte)type;
        return null;
    }

    /// <summary>The names are the ends of the constants in the PROXY protocol's document.</summary>
    private static int NumberOf(string text)
    {
        int named = text.ToUpperInvariant() switch
        {
            "ALPN" => 0x01,
            "AUTHORITY" => ProxyTlvs.Authority,
            "CRC32C" or "CRC32" => ProxyTlvs.Crc32c,
            "NOOP" => 0x04,
            "UNIQUE_ID" => ProxyTlvs.UniqueId,
            "SSL" => 0x20,
            "SSL_VERSION" => 0x21,
            "SSL_CN" => 0x22,
            "SSL_CIPHER" => 0x23,
            "SSL_SIG_ALG" => 0x24,
            "SSL_KEY_ALG" => 0x25,
            "NETNS" => 0x30,
            _ => -1,
        };
        if (named >= 0) return named;
        bool isHexadecimal = text.StartsWith("0x", System.StringComparison.OrdinalIgnoreCase);
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        string digits = isHexadecimal ? text[2..] : text;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }

    private static bool Received(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(scope.Preamble != null && scope.Preamble->HasProxyHeader);
        return true;
    }

    private static bool FirstAuthority(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFind(ref scope, ProxyTlvs.Authority, ref sample, iterates: false);

    private static bool FirstUniqueId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFind(ref scope, ProxyTlvs.UniqueId, ref sample, iterates: false);

    private static bool Value(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryFind(ref scope, (byte)arguments.Prepared!, ref sample, sample.Iterates);

    /// <summary>The TLV of a type behind those that were answered before.</summary>
    private static bool TryFind(ref Evaluation scope, byte type, ref Sample sample, bool iterates)
    {
        if (scope.ProxyTlvs.Length == 0) return false;
        ProxyTlvs tlvs = new(scope.ProxyTlvs.Span);
        int from = iterates ? sample.Cursor : 0;
        while (tlvs.Next())
        {
            if (tlvs.ValueAt <= from || tlvs.Type != type) continue;
            sample.SetString(new ByteView(scope.ProxyTlvs.Start + tlvs.ValueAt, tlvs.Value.Length));
            sample.Cursor = tlvs.ValueAt;
            sample.NotLast = iterates;
            return true;
        }
        return false;
    }
}
