using System;
using System.Net;
using System.Net.Sockets;
using AddressFamily = Engine.Data.Kernel.AddressFamily;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Engine.Runtime.Configuration;

/// <summary>Host names by the system's resolver, once at start (manual section 11.1).</summary>
public static class SystemNames
{
    public static bool Lookup(string host, AddressFamily wanted, ref SocketAddress address)
    {
        try
        {
            foreach (IPAddress found in Dns.GetHostAddresses(ConfigurationText.ToSystem(host)))
            {
                byte[] bytes = found.GetAddressBytes();
                AddressFamily family = bytes.Length == 4 ? AddressFamily.Inet : AddressFamily.Inet6;
                if (wanted != AddressFamily.Unspecified && family != wanted) continue;
                address = SocketAddress.Inet(bytes, address.Port);
                return true;
            }
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            // No such name: the caller says so with file and line.
        }
        return false;
    }
}
