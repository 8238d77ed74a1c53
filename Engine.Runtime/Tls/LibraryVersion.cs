using System;
using System.Globalization;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>Which TLS library the machine has: what the predicates of section 2.4 ask for.</summary>
internal static unsafe class LibraryVersion
{
    /// <summary>Its name and version as it tells them, <c>OpenSSL 3.0.2 ...</c>; empty when it cannot be had.</summary>
    public static string Text =>
        TlsLibrary.Load(out _) is null ? "" : Marshal.PtrToStringUTF8((nint)OpenSsl.VersionText(0)) ?? "";

    public static bool IsFips => TlsLibrary.Load(out _) is not null && OpenSslObjects.IsFips(0) == 1;

    /// <summary>
    /// Positive when the library is newer than <paramref name="version"/>, three numbers with points between; what
    /// follows them is of the same version. Null: it is no version. Without a library nothing is newer.
    /// </summary>
    public static int? CompareTo(string version)
    {
        if (!TryParse(version, out uint asked)) return null;
        if (TlsLibrary.Load(out _) is null) return -1;
        // MNN00PPS: major, minor, patch, status, four bits a digit.
        uint own = (uint)OpenSsl.VersionNumber() & ~0xFu;
        return own.CompareTo(asked);
    }

    private static bool TryParse(string version, out uint number)
    {
        number = 0;
        ReadOnlySpan<char> rest = version;
        foreach (int shift in (ReadOnlySpan<int>)[28, 20, 4])
        {
            if (shift != 28)
            {
                if (rest.IsEmpty || rest[0] != '.') return false;
                rest = rest[1..];
            }
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 0) digits = rest.Length;
            if (!uint.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out uint part)) return false;
            number += Math.Min(part, shift == 28 ? 15u : 255u) << shift;
            rest = rest[digits..];
        }
        return true;
    }
}
