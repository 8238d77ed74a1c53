namespace Engine.Data.Sticky;

/// <summary>What an entry of a stick table may hold (manual section 11.1, <c>store</c>), in the order it is listed in.</summary>
public enum StickData : byte
{
    ServerId = 0,
    Gpt0,
    Gpc0,
    Gpc0Rate,
    ConnectionCount,
    ConnectionRate,
    ConnectionsNow,
    SessionCount,
    SessionRate,
    RequestCount,
    RequestRate,
    ErrorCount,
    ErrorRate,
    BytesInCount,
    BytesInRate,
    BytesOutCount,
    BytesOutRate,
    Gpc1,
    Gpc1Rate,
    ServerKey,
    FailureCount,
    FailureRate,
    Gpt,
    Gpc,
    GpcRate,
    GlitchCount,
    GlitchRate,
}
