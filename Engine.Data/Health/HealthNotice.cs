namespace Engine.Data.Health;

/// <summary>A line about a server or backend, for the log of its proxy and for standard error.</summary>
/// <param name="Proxy">Number of the proxy.</param>
/// <param name="Level">Syslog level.</param>
/// <param name="Text">The log line.</param>
/// <param name="Message">What standard error is told.</param>
/// <param name="IsAlert">An ALERT there, else a WARNING.</param>
public readonly record struct HealthNotice(int Proxy, int Level, string Text, string Message, bool IsAlert);
