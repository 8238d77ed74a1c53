using System;
using Engine.Data.Configuration;
using Engine.Data.Sticky;
using Engine.Systems.Sticky.Values;

namespace Engine.Runtime.Admin.Commands;

/// <summary>A <c>data.&lt;type&gt; &lt;operator&gt; &lt;value&gt;</c> of <c>show table</c> and <c>clear table</c>.</summary>
internal readonly struct StickFilter
{
    /// <summary>Of a command at most.</summary>
    public const int Most = 4;

    private const string Prefix = "data.";

    private readonly StickData data;
    private readonly int index;
    private readonly string comparison;
    private readonly long value;

    private StickFilter(StickData data, int index, string comparison, long value)
    {
        this.data = data;
        this.index = index;
        this.comparison = comparison;
        this.value = value;
    }

    /// <summary>Reads one. Answers what is wrong, or null.</summary>
    public static string? TryRead(StickLayout layout, string type, string comparison, string number, out StickFilter filter)
    {
        filter = default;
        if (!TryData(type, out StickDataRow? row, out int index)) return "Unknown data type";
        if (!layout.Has(row.Data)) return "Data type not stored in this table";
        if (comparison is not ("eq" or "ne" or "le" or "ge" or "lt" or "gt"))
            return "Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"";
        if (!ConfigurationUnits.TryInteger(number, out long value)) return "Require a valid integer value to compare against";
        filter = new StickFilter(row.Data, index, comparison, value);
        return null;
    }

    /// <summary>Reads <c>data.gpt[1]</c>.</summary>
    public static bool TryData(
        string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StickDataRow? row, out int index)
    {
        row = null;
        index = 0;
        if (!IsData(text)) return false;
        ReadOnlySpan<char> name = text.AsSpan(Prefix.Length);
        int bracket = name.IndexOf('[');
        if (bracket >= 0)
        {
            if (!name.EndsWith("]") || !ConfigurationUnits.TryInteger(name[(bracket + 1)..^1], out long number)) return false;
            index = (int)long.Clamp(number, 0, int.MaxValue);
            name = name[..bracket];
        }
        return StickDataRow.TryFind(name, out row) && (bracket < 0 || row.IsArray);
    }

    public static bool IsData(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a held entry is one of those meant. An element that an array has not is none.</summary>
    public bool Matches(StickTable table, uint row, uint nowMs)
    {
        if (index >= table.Layout.CountOf(data)) return false;
        table.Lock(row);
        long stored = StickValue.Read(table, row, data, index, nowMs);
        table.Unlock(row, touch: false, nowMs);
        return comparison switch
        {
            "eq" => stored == value,
            "ne" => stored != value,
            "le" => stored <= value,
            "ge" => stored >= value,
            "lt" => stored < value,
            _ => stored > value,
        };
    }
}
