using Engine.Data.Messages;

namespace Engine.Data.Logs;

/// <summary>Who a syslog line says it comes from.</summary>
public sealed class LogSender
{
    /// <summary><c>log-tag</c>.</summary>
    public ByteView Tag = ByteView.Literal("haproxy");

    /// <summary>The process, in digits.</summary>
    public ByteView Pid = ByteView.Literal("0");

    /// <summary><c>log-send-hostname</c>, or the machine's name.</summary>
    public ByteView Hostname = ByteView.Literal("localhost");
}
