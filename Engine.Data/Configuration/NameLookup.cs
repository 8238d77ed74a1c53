using Engine.Data.Kernel;

namespace Engine.Data.Configuration;

/// <summary>
/// Finds the address of a host name, of the wanted family unless that is Unspecified, and leaves the port as it is.
/// False when there is none.
/// </summary>
public delegate bool NameLookup(string host, AddressFamily wanted, ref SocketAddress address);
