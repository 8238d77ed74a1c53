namespace Engine.Data.Tls;

/// <summary>Where a list stands among the captured bytes of a <see cref="TlsHello"/>.</summary>
public struct TlsHelloPart
{
    public ushort Start;
    public ushort Length;
}
