using Engine.Data.Kernel;

namespace Engine.Data.Streams;

/// <summary>
/// What rules gave one stream instead of its proxies' settings; meaningful while <see cref="StreamFlags.HasOwnTimeouts"/>
/// is set. Milliseconds; 0: the proxy's. 36 bytes.
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

    /// <summary><c>set-bc-tos</c>, where <see cref="SocketFlags"/> says so.</summary>
    public byte TypeOfService;

    /// <summary>Which of <c>set-bc-mark</c> and <c>set-bc-tos</c> were said.</summary>
    public OutgoingFlags SocketFlags;

    public uint Mark;
}
