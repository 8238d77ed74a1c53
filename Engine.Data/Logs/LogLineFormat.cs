namespace Engine.Data.Logs;

/// <summary>The <c>format</c> of a log target (manual section 4.2, <c>log</c>).</summary>
public enum LogLineFormat : byte
{
    /// <summary>Header as syslogd writes it locally: priority, date, tag; the default.</summary>
    Local = 0,
    Rfc3164,
    Rfc5424,
    Priority,
    Short,
    Timed,
    Iso,
    Raw,
}
