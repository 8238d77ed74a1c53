using System;
using Engine.Data.Tables;

namespace Engine.Data.Configuration;

/// <summary>
/// Servers of a backend by a number that stands for something about them, those of one number in the order of the
/// backend. Immutable; where something has changed since, it is made anew.
/// </summary>
public sealed class ServersByKey
{
    /// <summary>Ascending.</summary>
    private readonly uint[] keys;

    private readonly int[] servers;

    /// <param name="keys">The number of each server.</param>
    /// <param name="servers">The servers, in the order of the backend.</param>
    /// <param name="version">What <see cref="Proxy.NamesVersion"/> was before the numbers were read.</param>
    public ServersByKey(uint[] keys, int[] servers, int version)
    {
        Check.That(keys.Length == servers.Length);
        Version = version;
        this.keys = (uint[])keys.Clone();
        this.servers = (int[])servers.Clone();
        ulong[] places = new ulong[keys.Length];
        for (int i = 0; i < places.Length; i++) places[i] = ((ulong)keys[i] << 32) | (uint)i;
        Array.Sort(places);
        for (int i = 0; i < places.Length; i++)
        {
            this.keys[i] = (uint)(places[i] >> 32);
            this.servers[i] = servers[(int)(uint)places[i]];
        }
    }

    public int Version { get; }

    /// <summary>Index of the first server of a number; it and those behind it are for <see cref="At"/>.</summary>
    public int First(uint key)
    {
        int low = 0;
        int high = keys.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            if (keys[middle] < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The server at an index, -1 where those of the number end.</summary>
    public int At(int index, uint key) => index < keys.Length && keys[index] == key ? servers[index] : -1;
}
