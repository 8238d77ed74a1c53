using Engine.Data.Messages;

namespace Engine.Data.Logs;

/// <summary>A <c>log-profile</c> section: how lines of a target, or of a <c>do-log</c>, look (manual section 8.3.5).</summary>
public sealed class LogProfile
{
    public string Name = "";

    /// <summary>Where it was declared, for messages.</summary>
    public string File = "";

    public int Line;

    /// <summary><c>log-tag</c>; empty: that of the proxy.</summary>
    public ByteView Tag;

    /// <summary>By step; null: <see cref="Any"/>.</summary>
    public readonly LogProfileStep?[] Steps = new LogProfileStep?[(int)LogOrigin.HttpAfterResponse + 1];

    /// <summary><c>on any</c>; null: nothing is said.</summary>
    public LogProfileStep? Any;

    /// <summary>What is said of a step; null: nothing, as of lines that are of none.</summary>
    public LogProfileStep? Of(LogOrigin origin) => origin == LogOrigin.Unspecified ? null : Steps[(int)origin] ?? Any;
}
