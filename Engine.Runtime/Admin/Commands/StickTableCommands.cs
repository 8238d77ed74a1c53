using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Sticky;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>show table</c>, <c>set table</c> and <c>clear table</c> (management guide section 9.3).</summary>
internal static class StickTableCommands
{
    private const string ClearUsage = "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key "
        + "<key> or <table> ptr <ptr>";

    private const string SetUsage = "Required arguments: <table> key <key> [data.<store_data_type> <value>]* or <table> ptr "
        + "<ptr> [data.<store_data_type> <value>]*";

    private const string NoFilter = "content-based lookup is only supported with the \"show\" and \"clear\" actions";

    private const string ShowUsage =
        "Optional argument only supports \"data.<store_data_type>\" <operator> <value> or key <key> or ptr <ptr>";

    /// <summary>What <c>set table</c> does with a key that is not there.</summary>
    private const string Inserting = "Inserting keys into";

    /// <summary>Expired entries that are dropped before a table is shown.</summary>
    private const int SweepMost = 100_000;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("clear table", "<table> [<filter>]*", Clear, "remove an entry from a table (filter: data/key)");
        Add("set table", "<table> key <k> [data.* <v>]*", Set, "update or create a table entry's data");
        Add("show table", "[<table> [<filter>]*]", Show, "report table usage stats or dump this table's contents (filter: data/key)");
    }

    private static void Add(string words, string usage, AdminCommandRun run, string summary)
    {
        AdminLevel level = words[0] == 's' && words[1] == 'h' ? AdminLevel.User : AdminLevel.Operator;
        Words.CliCommands.Add(new CliCommand(words, level, usage, run) { Summary = summary });
    }

    private static uint NowMs => (uint)(EngineAccess.NowNanoseconds / 1_000_000);

    private static StickTable? Find(AdminRequest request)
    {
        foreach (StickTable table in request.Engine.Shared.StickTables)
        {
            if (table.Settings.Name != request.Argument(0)) continue;
            table.Sweep(NowMs, SweepMost);
            return table;
        }
        request.Refuse("No such table");
        return null;
    }

    private static void Show(AdminRequest request)
    {
        if (request.Arguments.Length > 0)
        {
            Walk(request, ShowUsage, remove: false);
            return;
        }
        StickTable[] tables = request.Engine.Shared.StickTables;
        for (int i = tables.Length - 1; i >= 0; i--)
        {
            tables[i].Sweep(NowMs, SweepMost);
            request.Answer(StickEntryText.Describe(tables[i]));
        }
    }

    private static void Clear(AdminRequest request)
    {
        if (request.Arguments.Length == 0) request.Refuse(ClearUsage);
        else Walk(request, ClearUsage, remove: true);
    }

    /// <summary>Shows or removes the entries that are meant: one by key or number, those of a filter, all.</summary>
    private static void Walk(AdminRequest request, string usage, bool remove)
    {
        if (Find(request) is not { } table) return;
        uint nowMs = NowMs;
        string what = request.Argument(1);
        if (what is "key" or "ptr")
        {
            uint row = what == "key" ? FindKey(request, table, remove ? "Removing keys from" : "Showing keys from") : FindPointer(request, table);
            if (row == StickTable.None) return;
            if (!remove) request.Answer(StickEntryText.Describe(table));
            Serve(request, table, row, nowMs, remove, alone: true);
            return;
        }
        if (what.Length > 0 && !StickFilter.IsData(what))
        {
            request.Refuse(usage);
            return;
        }
        if (!TryFilters(request, table, out List<StickFilter> filters)) return;
        if (!remove) request.Answer(StickEntryText.Describe(table));
        for (uint row = 1; row <= table.RowsMax; row++)
        {
            if (!table.TryHold(row, nowMs)) continue;
            bool meant = true;
            foreach (StickFilter filter in filters) meant &= filter.Matches(table, row, nowMs);
            if (meant) Serve(request, table, row, nowMs, remove, alone: false);
            else table.Release(row, touch: false, nowMs);
        }
    }

    /// <summary>Shows or removes a held entry, and lets it go.</summary>
    private static void Serve(AdminRequest request, StickTable table, uint row, uint nowMs, bool remove, bool alone)
    {
        if (remove)
        {
            if (!table.TryRemove(row) && alone) request.Refuse("Entry currently in use, cannot remove");
            return;
        }
        request.Answer(StickEntryText.Of(table, request.Engine.Shared.StickTexts, row, nowMs));
        table.Release(row, touch: false, nowMs);
    }

    private static bool TryFilters(AdminRequest request, StickTable table, out List<StickFilter> filters)
    {
        filters = [];
        for (int at = 1; at < request.Arguments.Length; at += 3)
        {
            if (filters.Count == StickFilter.Most)
            {
                request.Refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Detected extra data in filter, {at + 3}th word of input, after '{request.Argument(at - 1)}'"));
                return false;
            }
            if (StickFilter.TryRead(
                    table.Layout, request.Argument(at), request.Argument(at + 1), request.Argument(at + 2), out StickFilter filter)
                is { } reason)
            {
                request.Refuse($"Filter entry #{filters.Count + 1}: {reason}");
                return false;
            }
            filters.Add(filter);
        }
        return true;
    }

    /// <summary>The held entry of the key behind <c>key</c>; none after an answer, or where there is none.</summary>
    private static uint FindKey(AdminRequest request, StickTable table, string action)
    {
        string text = request.Argument(2);
        if (text.Length == 0)
        {
            request.Refuse("Key value expected");
            return StickTable.None;
        }
        if (StickEntryText.Parse(table.Settings, text) is { } key)
            return action == Inserting ? table.FindOrAdd(key, NowMs, out _) : table.Find(key, NowMs);
        request.Refuse(table.Settings.Type == StickKeyType.Binary
            ? $"{action} tables of type other than ip, ipv6, string and integer is not supported"
            : "Invalid key");
        return StickTable.None;
    }

    private static uint FindPointer(AdminRequest request, StickTable table)
    {
        string text = request.Argument(2);
        if (!text.StartsWith("0x", StringComparison.Ordinal)
            || !ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong pointer))
        {
            request.Refuse("Pointer expected (0xffff notation)");
            return StickTable.None;
        }
        uint row = (uint)pointer;
        if (pointer == StickEntryText.Pointer(table, row) && table.TryHold(row, NowMs)) return row;
        request.Refuse("No entry can be found matching ptr.");
        return StickTable.None;
    }

    private static void Set(AdminRequest request)
    {
        if (request.Arguments.Length == 0)
        {
            request.Refuse(SetUsage);
            return;
        }
        if (Find(request) is not { } table || request.Arguments.Length == 1) return;
        uint row;
        if (request.Argument(1) == "key") row = FindKey(request, table, Inserting);
        else if (request.Argument(1) == "ptr") row = FindPointer(request, table);
        else
        {
            request.Refuse(StickFilter.IsData(request.Argument(1)) ? NoFilter : SetUsage);
            return;
        }
        if (row == StickTable.None) return;
        uint nowMs = NowMs;
        for (int at = 3; at < request.Arguments.Length; at += 2)
        {
            if (Store(table, row, request.Argument(at), request.Argument(at + 1), nowMs) is not { } reason) continue;
            request.Refuse(reason);
            break;
        }
        table.Release(row, touch: true, nowMs);
    }

    /// <summary>Answers what is wrong, or null.</summary>
    private static string? Store(StickTable table, uint row, string type, string text, uint nowMs)
    {
        if (!StickFilter.IsData(type)) return "\"data.<type>\" followed by a value expected";
        if (!StickFilter.TryData(type, out StickDataRow? datum, out int index)) return "Unknown data type";
        if (!table.Layout.Has(datum.Data)) return "Data type not stored in this table";
        if (!ConfigurationUnits.TryInteger(text, out long value)) return "Require a valid integer value to store";
        if (index >= table.Layout.CountOf(datum.Data)) return "index out of range in this data array";
        table.Lock(row);
        switch (datum.Kind)
        {
            case StickDataKind.LongCounter:
                table.LongCounter(row, datum.Data) = (ulong)value;
                break;
            case StickDataKind.Rate:
                table.Rate(row, datum.Data, index).Set((uint)value, nowMs);
                break;
            case StickDataKind.Text:
                break; // names come from servers alone
            default:
                table.Counter(row, datum.Data, index) = (uint)value;
                break;
        }
        table.Unlock(row, touch: false, nowMs);
        return null;
    }
}
