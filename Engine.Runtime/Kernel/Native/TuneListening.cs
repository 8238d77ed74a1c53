using System.Globalization;
using System.Text;

namespace Engine.Runtime.Kernel.Native;

/// <summary>What a TCP listener may ask for and be refused without being of less use: told, and gone on without.</summary>
internal static class TuneListening
{
    private const int DeferAcceptSeconds = 60;

    /// <summary>Answers what the system refused, null when nothing.</summary>
    public static string? Run(int fd, in SocketOptions options)
    {
        StringBuilder? text = null;
        if (options.MaximumSegment > 0)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"set MSS to {options.MaximumSegment}");
            Set(ref text, fd, Linux.TcpMaximumSegment, options.MaximumSegment, what);
        }
        if (options.Congestion is { } algorithm)
        {
            int result = Sockets.SetText(fd, Linux.LevelTcp, Linux.TcpCongestion, algorithm);
            Tell(ref text, result, "set TCP congestion control algorithm");
        }
        if (options.SavesSyn > 0) Set(ref text, fd, Linux.TcpSaveSyn, options.SavesSyn, "set TCP Save SYN");
        if (options.UserTimeoutMs > 0)
            Set(ref text, fd, Linux.TcpUserTimeout, options.UserTimeoutMs, "set TCP User Timeout");
        if (options.SigningKey is { } key)
            Tell(ref text, SegmentSignature.SetForAll(fd, Encoding.Latin1.GetBytes(key)), "set MD5 signature");
        if (options.DeferAccept) Set(ref text, fd, Linux.TcpDeferAccept, DeferAcceptSeconds, "enable DEFER_ACCEPT");
        if (options.FastOpen) Set(ref text, fd, Linux.TcpFastOpen, options.Backlog, "enable TCP_FASTOPEN");
        return text?.ToString();
    }

    private static void Set(ref StringBuilder? text, int fd, int option, int value, string what) =>
        Tell(ref text, Sockets.SetOption(fd, Linux.LevelTcp, option, value), what);

    private static void Tell(ref StringBuilder? text, int result, string what)
    {
        if (result == 0) return;
        if (text is null) text = new StringBuilder();
        else text.Append(", ");
        text.Append(CultureInfo.InvariantCulture, $"cannot {what}, ({SystemErrors.Text(-result)})");
    }
}
