using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Tests.EndToEnd.Harness;

/// <summary>The kernel's list of TCP sockets (/proc/net/tcp and tcp6), whoever holds them and
/// however.</summary>
public static class TcpTable
{
    public const int Established = 0x01;
    public const int CloseWait = 0x08;
    public const int Listen = 0x0A;

    public static IEnumerable<(int LocalPort, int RemotePort, int State)> Rows()
    {
        foreach (string table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
                continue;
            foreach (string line in File.ReadLines(table))
            {
                // "   0: 0100007F:1F90 00000000:0000 0A ..."
                string[] words = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 5 && words[0][^1] == ':')
                    yield return (PortOf(words[1]), PortOf(words[2]), Hex(words[3]));
            }
        }
    }

    private static int PortOf(string address) => Hex(address.AsSpan(address.IndexOf(':') + 1));

    private static int Hex(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
