namespace Engine.Data.Kernel;

/// <summary>The address family of a socket, with Linux's numbers.</summary>
public enum AddressFamily : ushort
{
    Unspecified = 0,
    Unix = 1,
    Inet = 2,
    Inet6 = 10,
}
