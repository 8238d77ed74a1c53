using System;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Engine.Runtime.Admin;

/// <summary>
/// What names and addresses are shown as in the anonymized mode of a Runtime API connection (management guide section
/// 9.3, <c>set anon</c>): 24 bits of a keyed hash, the same for the same name.
/// </summary>
/// <param name="Key">0: they are shown as they are.</param>
internal readonly record struct Anonymizer(uint Key)
{
    private const uint Mask = 0xFFFFFF;

    /// <summary>A name; an empty one stays empty.</summary>
    public string Name(string name) => Key == 0 || name.Length == 0 || name == " " ? name : Digits(name);

    /// <summary>An address without a port; those that tell nothing of a network stay.</summary>
    public string Address(string address)
    {
        if (Key == 0) return address;
        if (address.Contains(':', StringComparison.Ordinal)) return address == "::1" ? address : $"IPV6({Digits(address)})";
        bool isAddress = address.Length > 0 && address.AsSpan().IndexOfAnyExcept("0123456789.") < 0;
        if (!isAddress) return Name(address);
        bool tells = !address.StartsWith("127", StringComparison.Ordinal) && !address.StartsWith("255", StringComparison.Ordinal)
            && !address.StartsWith('0');
        return tells ? $"IPV4({Digits(address)})" : address;
    }

    private string Digits(string text) =>
        (XxHash32.HashToUInt32(Encoding.Latin1.GetBytes(text), (int)Key) & Mask).ToString("x6", CultureInfo.InvariantCulture);
}
