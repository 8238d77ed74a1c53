using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// One line of the statistics: a value or nothing for each column. The values stand in one buffer, which a line that is
/// begun anew uses again: the lines of 50,000 servers are one object.
/// </summary>
internal sealed class StatLine
{
    private const int NumberMax = 24;

    private readonly int[] starts = new int[StatColumns.All.Length];
    private readonly int[] lengths = new int[StatColumns.All.Length];
    private char[] text = new char[1024];
    private int used;

    public StatLine(StatKind kind, Proxy proxy, int id)
    {
        Proxy = proxy;
        Begin(kind, proxy, id);
    }

    public StatKind Kind { get; private set; }

    public Proxy Proxy { get; private set; }

    /// <summary><c>sid</c>: of the server or listener, 0 for a proxy.</summary>
    public int Id { get; private set; }

    /// <summary>The server of the line; null for others.</summary>
    public Server? Server { get; private set; }

    /// <summary>A server that is neither down nor in maintenance, or anything else.</summary>
    public bool IsUp { get; set; }

    public bool IsInMaintenance { get; set; }

    public string this[string column] => Value(StatColumns.Of(column)).ToString();

    /// <summary>A line without values: the one that is given, or a new one.</summary>
    public static StatLine Begin(StatLine? again, StatKind kind, Proxy proxy, int id, Server? server = null)
    {
        if (again is null) return new StatLine(kind, proxy, id) { Server = server };
        again.Begin(kind, proxy, id);
        again.Server = server;
        return again;
    }

    public bool Has(int place) => lengths[place] >= 0;

    /// <summary>Empty where there is none.</summary>
    public ReadOnlySpan<char> Value(int place) => Has(place) ? text.AsSpan(starts[place], lengths[place]) : [];

    public long Number(string column) => Number(StatColumns.Of(column));

    public long Number(int place) =>
        long.TryParse(
            Value(place), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;

    public void Set(string column, ReadOnlySpan<char> value)
    {
        value.CopyTo(Room(value.Length));
        Take(StatColumns.Of(column), value.Length);
    }

    /// <summary>Each byte is a character, as in the configuration.</summary>
    public void Set(string column, ReadOnlySpan<byte> value)
    {
        Encoding.Latin1.GetChars(value, Room(value.Length));
        Take(StatColumns.Of(column), value.Length);
    }

    /// <summary><c>127.0.0.1:80</c> or <c>[::1]:80</c>.</summary>
    public void Set(string column, in SocketAddress address)
    {
        int length = AdminSocketText.Write(address, Room(AdminSocketText.AddressMax));
        Take(StatColumns.Of(column), length);
    }

    public void Set(string column, long value) => Set(StatColumns.Of(column), value);

    public void Set(string column, ulong value)
    {
        value.TryFormat(Room(NumberMax), out int length, default, CultureInfo.InvariantCulture);
        Take(StatColumns.Of(column), length);
    }

    /// <summary>Columns of things that are not there count 0.</summary>
    public void Zero(params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns) Set(StatColumns.Of(column), 0);
    }

    private void Set(int place, long value)
    {
        value.TryFormat(Room(NumberMax), out int length, default, CultureInfo.InvariantCulture);
        Take(place, length);
    }

    private void Begin(StatKind kind, Proxy proxy, int id)
    {
        Kind = kind;
        Proxy = proxy;
        Id = id;
        IsUp = true;
        IsInMaintenance = false;
        used = 0;
        lengths.AsSpan().Fill(-1);
    }

    private Span<char> Room(int length)
    {
        if (text.Length - used < length) Array.Resize(ref text, Math.Max(text.Length * 2, used + length));
        return text.AsSpan(used);
    }

    private void Take(int place, int length)
    {
        starts[place] = used;
        lengths[place] = length;
        used += length;
    }
}
