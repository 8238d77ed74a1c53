namespace Engine.Data.Streams;

/// <summary>
/// What rules gave one stream instead of its proxies' settings; meaningful while <see cref="StreamFlags.HasOwnTimeouts"/>
/// is set. Milliseconds; 0: the proxy's. 28 bytes.
/// </summary>
public struct OwnTimeouts
{
    public uint ClientMs;
    public uint ServerMs;
    public uint ConnectMs;
    public uint QueueMs;
    public uint TunnelMs;
    public uint TarpitMs;

    /// <summary><c>set-retries</c>, one more than the number; 0: the backend's.</summary>
    public short RetriesAndOne;
}
