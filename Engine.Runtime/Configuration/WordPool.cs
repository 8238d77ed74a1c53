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
        if (place is { } pooled && SameBytes(pooled, bytes)) return pooled;
        return place = Encoding.Latin1.GetString(bytes);
    }

    private static bool SameBytes(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length != bytes.Length) return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (text[i] != bytes[i]) return false;
        }
        return true;
    }
}
