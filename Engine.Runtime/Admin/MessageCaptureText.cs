using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin;

/// <summary>A captured message as <c>show errors</c> shows it, in the reference's shape. The flags are ours.</summary>
internal static class MessageCaptureText
{
    /// <summary>Characters of a line of bytes, its offset included.</summary>
    private const int WidthMax = 79;

    /// <summary>What the reference keeps of a buffer for itself, as tools read it there.</summary>
    private const int ReservedBytes = 40;

    public static void Add(CompiledConfiguration configuration, MessageCapture capture, bool isRequest, StringBuilder text)
    {
        MessageCaptureFacts facts = capture.Facts;
        int bufferSize = configuration.Globals.BufferSize;
        Proxy frontend = configuration.Proxies[facts.Frontend];
        string backend = facts.Backend < 0 ? "<NONE> (#-1)" : Named(configuration.Proxies[facts.Backend]);
        string server = facts.Server < 0 ? "<NONE> (#-1)" : Named(configuration.Servers[facts.Server]);
        text.Append(" \n[").Append(Date(capture.WallMicroseconds)).Append("] ");
        text.Append(isRequest ? $"frontend {Named(frontend)}: invalid request\n  backend {backend}"
            : $"backend {backend}: invalid response\n  frontend {Named(frontend)}");
        text.Append(CultureInfo.InvariantCulture, $", server {server}, event #{capture.Event}, src {Client(facts)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  buffer starts at 0 (including 0 out), {bufferSize - capture.Bytes.Length} free,\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"  len {capture.Bytes.Length}, wraps at {bufferSize - ReservedBytes}, error at position {facts.ErrorAt}\n");
        text.Append($"  H1 connection flags 0x{facts.ConnectionFlags:x8}, H1 stream flags 0x{facts.StreamFlags:x8}\n");
        text.Append($"  H1 msg state {State(capture.Bytes, facts.ErrorAt, isRequest)}, H1 msg flags 0x{facts.MessageFlags:x8}\n");
        text.Append("  H1 chunk len 0 bytes, H1 body len 0 bytes :\n  \n");
        AddBytes(capture.Bytes, text);
    }

    /// <summary><c>20/Nov/2026:15:14:36.386</c>, local time.</summary>
    public static string Date(long wallMicroseconds) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddTicks(wallMicroseconds * 10), TimeZoneInfo.Local)
            .ToString("dd/MMM/yyyy:HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Named(Proxy proxy) => $"{proxy.Name} (#{proxy.Id})";

    private static string Named(Server server) => $"{server.Name} (#{server.Id})";

    private static string Client(in MessageCaptureFacts facts) => facts.Client.Family switch
    {
        Engine.Data.Kernel.AddressFamily.Inet or Engine.Data.Kernel.AddressFamily.Inet6 =>
            string.Create(CultureInfo.InvariantCulture, $"{ServerStatus.AddressText(facts.Client)}:{facts.Client.Port}"),
        _ => "unix:0",
    };

    /// <summary>What the reference's parser would be in at the wrong byte, with its number there.</summary>
    internal static string State(ReadOnlySpan<byte> bytes, int errorAt, bool isRequest)
    {
        ReadOnlySpan<byte> before = bytes[..Math.Min(errorAt, bytes.Length)];
        int lineAt = before.LastIndexOf((byte)'\n') + 1;
        ReadOnlySpan<byte> line = before[lineAt..];
        byte wrong = errorAt < bytes.Length ? bytes[errorAt] : (byte)0;
        if (before[..lineAt].TrimStart("\r\n"u8).IsEmpty)
        {
            return (line.Count((byte)' '), isRequest) switch
            {
                (0, true) => "MSG_RQMETH(2)",
                (1, true) => "MSG_RQURI(4)",
                (_, true) => "MSG_RQVER(6)",
                (0, false) => "MSG_RPVER(10)",
                (1, false) => "MSG_RPCODE(12)",
                _ => "MSG_RPREASON(14)",
            };
        }
        if (line.StartsWith("\r"u8)) return "MSG_LAST_LF(25)";
        if (!line.Contains((byte)':')) return "MSG_HDR_NAME(17)";
        if (wrong == 0) return "MSG_HDR_VAL(22)";
        return wrong == '\r' || line.EndsWith("\r"u8) ? "MSG_HDR_L2_LF(23)" : "MSG_HDR_L2_LWS(24)";
    }

    /// <summary>A line for each of the message's, broken where it is too long; the offset of one that goes on ends in <c>+</c>.</summary>
    internal static void AddBytes(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        int at = 0;
        bool begins = true;
        while (at < bytes.Length)
        {
            int start = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"  {at:D5}{(begins ? ' ' : '+')} ");
            begins = false;
            while (at < bytes.Length && !begins)
            {
                string shown = Shown(bytes[at]);
                if (text.Length - start + shown.Length > WidthMax) break;
                text.Append(shown);
                begins = bytes[at++] == '\n';
            }
            text.Append('\n');
        }
    }

    private static string Shown(byte value) => value switch
    {
        (byte)'\t' => "\\t",
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        27 => "\\e",
        (byte)'\\' => "\\\\",
        >= 32 and < 127 => ((char)value).ToString(),
        _ => $"\\x{value:x2}",
    };
}
