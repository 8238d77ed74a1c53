using System;
using System.Numerics;
using Engine.Data.Configuration;

namespace Engine.Systems.Samples;

/// <summary>
/// Hashes that protect nothing: they choose servers and compare values (manual sections 4.2 <c>hash-type</c> and 7.3.1).
/// The same key must be given the same server by every program that balances beside this one.
/// </summary>
public static class Hashes
{
    public static uint Of(HashFunction function, ReadOnlySpan<byte> key) =>
        function switch
        {
            HashFunction.Djb2 => Djb2(key),
            HashFunction.Wt6 => Wt6(key),
            HashFunction.Crc32 => System.IO.Hashing.Crc32.HashToUInt32(key),
            HashFunction.None => Number(key),
            _ => Sdbm(key),
        };

    public static uint Sdbm(ReadOnlySpan<byte> key)
    {
        uint hash = 0;
        foreach (byte value in key) hash = value + (hash << 6) + (hash << 16) - hash;
        return hash;
    }

    /// <summary>Dan Bernstein's.</summary>
    public static uint Djb2(ReadOnlySpan<byte> key)
    {
        uint hash = 5381;
        foreach (byte value in key) hash = (hash * 33) + value;
        return hash;
    }

    /// <summary>Two words that take each byte in and change places, turned by what they hold themselves.</summary>
    public static uint Wt6(ReadOnlySpan<byte> key)
    {
        uint first = 0xA53C_965A;
        uint second = 0x5CA6_953A;
        int firstTurn = 6;
        int secondTurn = 18;
        foreach (byte value in key)
        {
            uint oldFirst = ~(first ^ value);
            first = BitOperations.RotateLeft(~(second + value), firstTurn);
            second = BitOperations.RotateLeft(oldFirst, secondTurn);
            uint turns = ((first >> 16) ^ second) & 0xFFFF;
            firstTurn = (int)(turns & 31);
            secondTurn = (int)(turns >> 11);
        }
        return first ^ second;
    }

    /// <summary>Bob Jenkins' mixing of 32 bits in six steps, times a prime: near values come out far apart.</summary>
    public static uint Mix(uint hash)
    {
        hash = hash + 0x7ED5_5D16 + (hash << 12);
        hash = (hash ^ 0xC761_C23C) ^ (hash >> 19);
        hash = hash + 0x1656_67B1 + (hash << 5);
        hash = (hash + 0xD3A2_646C) ^ (hash << 9);
        hash = hash + 0xFD70_46C5 + (hash << 3);
        hash = (hash ^ 0xB55A_4F09) ^ (hash >> 16);
        return hash * 0xC000_0001;
    }

    /// <summary>The decimal number a key begins with, its low 32 bits; 0 when it begins with none.</summary>
    private static uint Number(ReadOnlySpan<byte> key)
    {
        bool negative = !key.IsEmpty && key[0] == (byte)'-';
        uint number = 0;
        for (int i = negative ? 1 : 0; i < key.Length && char.IsAsciiDigit((char)key[i]); i++)
            number = (number * 10) + key[i] - '0';
        return negative ? 0 - number : number;
    }
}
