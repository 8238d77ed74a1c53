using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// Says of a defaults section that names its log format more than once; a format that came with <c>from</c> counts.
/// Frontends are not told: they may well want another one than their defaults have.
/// </summary>
internal static class LogFormatOverride
{
    /// <param name="line">The line that brings a format.</param>
    /// <param name="word">What the line says: <c>option httplog clf</c>, <c>log-format</c>.</param>
    /// <param name="before">What the section had before; null: nothing.</param>
    public static void Warn(Directive line, string word, string? before)
    {
        if (before is null || line.Section != SectionKinds.Defaults) return;
        line.Diagnostics.Warn(
            $"parsing [{line.File}:{line.Line}]: '{word}' overrides previous '{before}' in 'defaults' section.");
    }

    /// <summary>The word that gave a proxy its log format; null when none did.</summary>
    public static string? WordOf(ProxyDraft proxy)
    {
        ProxyOptions options = proxy.Target.Options;
        if (proxy.LogFormatText is not null) return "log-format";
        string clf = (options & ProxyOptions.ClfLog) != 0 ? " clf" : "";
        if ((options & ProxyOptions.HttpsLog) != 0) return "option httpslog";
        if ((options & ProxyOptions.HttpLog) != 0) return $"option httplog{clf}";
        return (options & ProxyOptions.TcpLog) != 0 ? $"option tcplog{clf}" : null;
    }
}
