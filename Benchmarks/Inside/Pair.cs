using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Benchmarks.Inside;

/// <summary>Two ways through one process that differ in one thing, and what the second may cost more.</summary>
/// <param name="Name">As the verb takes it.</param>
/// <param name="First">What the first is called.</param>
/// <param name="Second">What the second is called.</param>
/// <param name="RatioMax">The most CPU per request of the second, by that of the first; 0: no bound.</param>
/// <param name="AddedUsMax">The most CPU per request that the second adds, microseconds; 0: no bound.</param>
internal sealed record Pair(string Name, string First, string Second, double RatioMax, double AddedUsMax)
{
    /// <summary>Entries of the table of <c>stick-table</c>.</summary>
    public const int TableEntries = 1_000_000;

    /// <summary>The most that an entry may take, bytes of PSS.</summary>
    public const int EntryBytesMax = 160;

    /// <summary>Servers of each backend of <c>leastconn</c>.</summary>
    private const int Servers = 10;

    public static IReadOnlyList<Pair> All { get; } =
    [
        new("leastconn", "roundrobin", "leastconn", 1.05, 0),
        new("stick-table", "untracked", "tracked", 0, 1.0),
    ];

    public bool HasTable => Name == "stick-table";

    /// <summary>A frontend and a backend for each way.</summary>
    public string Configuration(int threads, int firstPort, int secondPort, int origin)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
                nbthread {threads}
            defaults
                mode http
                http-reuse always
                timeout connect 5s
                timeout client 30s
                timeout server 30s

            """);
        Way(text, "first", firstPort, origin, HasTable ? string.Empty : "balance roundrobin", string.Empty);
        string track = $"http-request track-sc0 rand({TableEntries}) table entries";
        Way(text, "second", secondPort, origin, HasTable ? string.Empty : "balance leastconn", HasTable ? track : string.Empty);
        if (HasTable)
        {
            text.Append("backend entries\n");
            text.Append(CultureInfo.InvariantCulture, $"    stick-table type integer size {TableEntries} expire 1h store http_req_rate(10s)\n");
        }
        return text.ToString();
    }

    private void Way(StringBuilder text, string name, int port, int origin, string balance, string rule)
    {
        text.Append(CultureInfo.InvariantCulture, $"frontend f-{name}\n    bind 127.0.0.1:{port}\n    {rule}\n");
        text.Append(CultureInfo.InvariantCulture, $"    default_backend b-{name}\nbackend b-{name}\n    {balance}\n");
        for (int i = 0; i < (HasTable ? 1 : Servers); i++)
            text.Append(CultureInfo.InvariantCulture, $"    server s{i} 127.0.0.1:{origin}\n");
    }
}
