using System;

namespace Engine.Data.Configuration;

/// <summary>
/// Finds backends by names that are made at run time (<c>use_backend %[...]</c>): an open table of hashes, asked
/// without allocating. Immutable.
/// </summary>
public sealed class BackendNames
{
    private readonly Proxy[] proxies;

    /// <summary>Numbers of proxies plus one; 0 is an empty place. At most half full.</summary>
    private readonly int[] places;

    public BackendNames(Proxy[] proxies)
    {
        this.proxies = proxies;
        int size = 16;
        while (size < proxies.Length * 2) size *= 2;
        places = new int[size];
        for (int number = 0; number < proxies.Length; number++)
        {
            if ((proxies[number].Capabilities & ProxyCapabilities.Backend) == 0) continue;
            uint place = Hash(proxies[number].NameBytes.Span) & (uint)(size - 1);
            while (places[place] != 0) place = (place + 1) & (uint)(size - 1);
            places[place] = number + 1;
        }
    }

    /// <summary>Number of the backend or listen section of a name, -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        uint place = Hash(name) & (uint)(places.Length - 1);
        while (places[place] != 0)
        {
            int number = places[place] - 1;
            if (proxies[number].NameBytes.Span.SequenceEqual(name)) return number;
            place = (place + 1) & (uint)(places.Length - 1);
        }
        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte value in name) hash = (hash ^ value) * 16777619;
        return hash ^ (hash >> 15);
    }
}
