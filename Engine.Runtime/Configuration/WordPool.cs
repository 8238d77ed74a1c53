using System;
using System.Text;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Strings for words that come again and again (keywords, addresses, names), so that a file of 50,000 lines does not
/// make 50,000 copies of "server". A fixed table; a newer word takes the place of an older one.
/// </summary>
public sealed class WordPool
{
    private const int Size = 2048;
    private const int PooledLengthMax = 32;

    private readonly string?[] table = new string?[Size];

    /// <summary>The string of these bytes, one char a byte.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "";
        if (bytes.Length > PooledLengthMax) return Encoding.Latin1.GetString(bytes);
        uint hash = 2166136261;
        foreach (byte b in bytes) hash = (hash ^ b) * 16777619;
        ref string? place = ref table[(hash ^ (hash >> 15)) & (Size - 1)];
        if (place is { } pooled && pooled.Length == bytes.Length)
        {
            int at = 0;
            while (at < bytes.Length && pooled[at] == bytes[at]) at++;
            if (at == bytes.Length) return pooled;
        }
        return place = Encoding.Latin1.GetString(bytes);
    }
}
