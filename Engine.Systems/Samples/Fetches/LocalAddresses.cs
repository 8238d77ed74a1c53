using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The addresses that this machine had when they were first asked for.</summary>
internal static class LocalAddresses
{
    private static readonly Lazy<byte[][]> All = new(Read);

    /// <summary>Turns an address into whether it is this machine's.</summary>
    public static bool Tell(ref Sample sample)
    {
        ReadOnlySpan<byte> address = sample.Address;
        if (sample.Type == SampleType.Ipv4) address = address[..4];
        bool isLocal = sample.Type == SampleType.Ipv4 && address[0] == 127;
        foreach (byte[] own in All.Value) isLocal |= address.SequenceEqual(own);
        sample.SetBoolean(isLocal);
        return true;
    }

    private static byte[][] Read()
    {
        List<byte[]> all = [IPAddress.IPv6Loopback.GetAddressBytes()];
        foreach (NetworkInterface device in NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (UnicastIPAddressInformation address in device.GetIPProperties().UnicastAddresses)
                all.Add(address.Address.GetAddressBytes());
        }
        return [.. all];
    }
}
