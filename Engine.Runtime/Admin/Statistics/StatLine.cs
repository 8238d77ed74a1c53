using System;
using System.Globalization;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>One line of the statistics: a value or nothing for each column.</summary>
internal sealed class StatLine(StatKind kind, Proxy proxy, int id)
{
    private readonly string?[] values = new string?[StatColumns.All.Length];

    public StatKind Kind { get; } = kind;

    public Proxy Proxy { get; } = proxy;

    /// <summary><c>sid</c>: of the server or listener, 0 for a proxy.</summary>
    public int Id { get; } = id;

    /// <summary>The server of the line; null for others.</summary>
    public Server? Server { get; init; }

    /// <summary>A server that is neither down nor in maintenance, or anything else.</summary>
    public bool IsUp { get; set; } = true;

    public bool IsInMaintenance { get; set; }

    public string? this[int place] => values[place];

    public string this[string column] => values[StatColumns.Of(column)] ?? "";

    public long Number(string column) =>
        long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;

    public void Set(string column, string value) => values[StatColumns.Of(column)] = value;

    public void Set(string column, long value) => Set(column, value.ToString(CultureInfo.InvariantCulture));

    public void Set(string column, ulong value) => Set(column, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Columns of things that are not there count 0.</summary>
    public void Zero(params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns) Set(column, "0");
    }
}
