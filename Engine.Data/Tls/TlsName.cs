namespace Engine.Data.Tls;

/// <summary>
/// The server name that a stream's server is asked for (RFC 6066 section 3), ended by a zero byte.
/// </summary>
public unsafe struct TlsName
{
    public const int LengthMax = 255;

    /// <summary>Keyed hash of the name, 0 when there is none.</summary>
    public ulong Hash;

    public fixed byte Text[LengthMax + 1];
}
