namespace Engine.Data.Tls;

/// <summary>
/// <c>ca-ignore-err</c> and <c>crt-ignore-err</c>: a bit for each error number of verification, in native
/// memory.
/// </summary>
public unsafe struct TlsIgnored
{
    /// <summary>Error numbers that exist, rounded up.</summary>
    public const int NumbersMax = 128;

    public fixed ulong Authority[NumbersMax / 64];
    public fixed ulong Peer[NumbersMax / 64];

    public readonly bool Overlooks(int error, int depth)
    {
        if ((uint)error >= NumbersMax) return false;
        ulong bits = depth > 0 ? Authority[error >> 6] : Peer[error >> 6];
        return (bits >> (error & 63) & 1) != 0;
    }
}
