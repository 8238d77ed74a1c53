using System.Collections.Generic;
using System.Threading;

namespace Engine.Data.Tls;

/// <summary>The keys of a <c>tls-ticket-keys</c> file; exchanged whole, so that handshakes need no lock.</summary>
/// <param name="number">Counts the files of the process, from 0.</param>
/// <param name="path">The file.</param>
/// <param name="keys">48 or 80 bytes each, three at least.</param>
public sealed class TicketKeySet(int number, string path, List<byte[]> keys)
{
    private byte[][] current = [.. keys];

    public int Number { get; } = number;

    public string Path { get; } = path;

    /// <summary>Oldest first: the last but one seals.</summary>
    public byte[][] Keys => Volatile.Read(ref current);

    /// <summary>Puts a key at the end, for the oldest. False when its size is not that of the others.</summary>
    public bool Add(byte[] key)
    {
        byte[][] old = Keys;
        if (key.Length != old[0].Length) return false;
        Volatile.Write(ref current, [.. old[1..], key]);
        return true;
    }
}
