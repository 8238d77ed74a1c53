using System;
using Engine.Data.Configuration;
using Engine.Data.Sticky;

namespace Engine.Systems.Sticky;

/// <summary>Reads the arguments of a <c>stick-table</c> or <c>table</c> line (manual section 11.1).</summary>
public static class StickTableLine
{
    /// <summary>What keys of text are at most where no <c>len</c> is said.</summary>
    private const int DefaultString = 31;

    private const int DefaultBinary = 32;
    private const uint FactorMax = 1024;

    /// <summary>From the cursor to the end of the line. False after an alert.</summary>
    public static bool TryRead(Directive line, StickTableSettings table, bool mayHavePeers)
    {
        string word = line[0];
        bool hasType = false;
        while (!line.AtEnd)
        {
            string option = line.Next();
            bool isRead = option switch
            {
                "size" => TryValue(line, option, out string text) && TrySize(line, option, text, out table.Size),
                "peers" when mayHavePeers => TryValue(line, option, out table.Peers!),
                "expire" => TryValue(line, option, out string text) && TryExpire(line, option, text, table),
                "nopurge" => table.NoPurge = true,
                "type" => hasType = TryType(line, table),
                "store" => TryStore(line, table),
                "srvkey" => TryServerKey(line, table),
                "recv-only" => table.ReceiveOnly = true,
                "write-to" => TryWriteTo(line, table),
                "brates-factor" => TryValue(line, option, out string text) && TryFactor(line, option, text, table),
                _ => Refuse(line, $"{word}: unknown argument '{option}'."),
            };
            if (!isRead) return false;
        }
        if (table.Size == 0) return Refuse(line, $"{word}: missing size.");
        return hasType || Refuse(line, $"{word}: missing type.");
    }

    private static bool Refuse(Directive line, string text)
    {
        line.Alert(text);
        return false;
    }

    private static bool TryValue(Directive line, string option, out string text)
    {
        text = line.Next();
        return text.Length > 0 || Refuse(line, $"{line[0]}: missing argument after '{option}'.");
    }

    private static bool TrySize(Directive line, string option, string text, out uint size)
    {
        UnitFault fault = ConfigurationUnits.TrySize(text, out size, out char bad);
        if (fault == UnitFault.None) return true;
        return Refuse(line, $"{line[0]}: unexpected character '{(bad == '\0' ? text[0] : bad)}' in argument of '{option}'.");
    }

    private static bool TryExpire(Directive line, string option, string text, StickTableSettings table)
    {
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out table.ExpireMs, out char bad);
        if (table.ExpireMs > ConfigurationUnits.TimerMaxMs) fault = UnitFault.Overflow;
        if (fault == UnitFault.Overflow)
        {
            line.AlertTight($"{line[0]}: timer overflow in argument <{text}> to <{option}>, maximum value is 2147483647 ms "
                + "(~24.8 days).");
            return false;
        }
        return fault == UnitFault.None
            || Refuse(line, $"{line[0]}: unexpected character '{bad}' in argument of '{option}'.");
    }

    private static bool TryFactor(Directive line, string option, string text, StickTableSettings table)
    {
        if (!TrySize(line, option, text, out table.BytesFactor)) return false;
        return table.BytesFactor is > 0 and <= FactorMax
            || Refuse(line, $"{line[0]}: argument '{option}' must be greater than 0 and lower or equal than {FactorMax}.");
    }

    private static bool TryType(Directive line, StickTableSettings table)
    {
        string type = line.Next();
        switch (type)
        {
            case "ip" or "ipv4":
                (table.Type, table.KeyLength) = (StickKeyType.Ipv4, 4);
                return true;
            case "ipv6":
                (table.Type, table.KeyLength) = (StickKeyType.Ipv6, 16);
                return true;
            case "integer":
                (table.Type, table.KeyLength) = (StickKeyType.Integer, 4);
                return true;
            case "string":
                (table.Type, table.KeyLength) = (StickKeyType.String, DefaultString);
                return TryLength(line, table);
            case "binary":
                (table.Type, table.KeyLength) = (StickKeyType.Binary, DefaultBinary);
                return TryLength(line, table);
            default:
                return Refuse(line, $"{line[0]}: unknown type '{type}'.");
        }
    }

    private static bool TryLength(Directive line, StickTableSettings table)
    {
        if (!line.TryTake("len")) return true;
        return (ConfigurationUnits.TryInteger(line.Next(), out long length)
                && (table.KeyLength = (int)long.Clamp(length, 0, StickTableSettings.KeyLengthMax)) > 0
                && length <= StickTableSettings.KeyLengthMax)
            || Refuse(line, "'len' expects a positive integer argument.");
    }

    private static bool TryServerKey(Directive line, StickTableSettings table)
    {
        string key = line.Next();
        table.ServersByAddress = key == "addr";
        return key is "addr" or "name" || Refuse(line, $"{line[0]} : unknown server key type '{key}'.");
    }

    private static bool TryWriteTo(Directive line, StickTableSettings table)
    {
        table.WriteTo = line.Next();
        return table.WriteTo.Length > 0 || Refuse(line, $"{line[0]} : write-to requires table name.");
    }

    private static bool TryStore(Directive line, StickTableSettings table)
    {
        string list = line.Next();
        for (int at = 0; at < list.Length; at++)
        {
            int begin = at;
            while (at < list.Length && list[at] is not (',' or '(')) at++;
            string name = list[begin..at];
            string? argument = null;
            if (at < list.Length && list[at] == '(')
            {
                int close = list.IndexOf(')', at);
                if (close < 0)
                    return Refuse(line, $"{line[0]}: missing closing parenthesis after store option '{name}'.");
                argument = list[(at + 1)..close];
                at = close + 1;
                while (at < list.Length && list[at] != ',') at++;
            }
            if (!TryStoreOne(line, table, name, argument)) return false;
        }
        return RefusesClash(line, table, StickData.Gpt, "'gpt' and 'gpt0'", "'gpt' overrides 'gpt0'", StickData.Gpt0, StickData.Gpt0)
            && RefusesClash(
                line, table, StickData.Gpc, "'gpc' and 'gpc[0/1]'", "'gpc' overrides 'gpc[0/1]'", StickData.Gpc0, StickData.Gpc1)
            && RefusesClash(
                line, table, StickData.GpcRate, "'gpc_rate' and 'gpc[0/1]_rate'", "'gpc_rate' overrides 'gpc[0/1]_rate'",
                StickData.Gpc0Rate, StickData.Gpc1Rate);
    }

    private static bool RefusesClash(
        Directive line, StickTableSettings table, StickData array, string both, string reason, StickData first, StickData second)
    {
        StickLayout layout = table.Layout;
        if (!layout.Has(array) || (!layout.Has(first) && !layout.Has(second))) return true;
        return Refuse(line, $"{line[0]}: simultaneous usage of {both} in a same table is not permitted as {reason}.");
    }

    private static bool TryStoreOne(Directive line, StickTableSettings table, string name, string? argument)
    {
        if (!StickDataRow.TryFind(name, out StickDataRow? row))
            return Refuse(line, $"{line[0]}: unknown store option '{name}'.");
        if (table.Layout.Has(row.Data))
        {
            line.Diagnostics.Warn(
                $"parsing [{line.File}:{line.Line}]: {line[0]}: store option '{name}' already enabled, ignored.");
            return true;
        }
        bool isRate = row.Kind == StickDataKind.Rate;
        if (!isRate && !row.IsArray)
        {
            if (argument is not null) return Refuse(line, $"{line[0]}: unexpected argument to store option '{name}'.");
            table.Layout.Store(row.Data, 1, 0);
            return true;
        }
        if (argument is null) return Missing(line, name);
        string period = argument;
        int count = 1;
        if (row.IsArray)
        {
            int comma = argument.IndexOf(',', StringComparison.Ordinal);
            count = ConfigurationUnits.Integer(comma < 0 ? argument : argument[..comma]);
            if (count is < 1 or > StickDataRow.ArrayMax)
            {
                return Refuse(line, $"{line[0]}: array size is out of allowed range (1-{StickDataRow.ArrayMax}) for store "
                    + $"option '{name}'.");
            }
            if (!isRate && comma >= 0) return Refuse(line, $"{line[0]}: unexpected argument to store option '{name}'.");
            period = comma < 0 ? "" : argument[(comma + 1)..];
        }
        uint milliseconds = 0;
        if (isRate)
        {
            if (period.Length == 0 && row.IsArray) return Missing(line, name);
            UnitFault fault = ConfigurationUnits.TryTimeMs(period, out milliseconds, out _);
            if (period.Length == 0 || fault != UnitFault.None || milliseconds > ConfigurationUnits.TimerMaxMs)
                return Refuse(line, $"{line[0]}: error when processing store option '{name}'.");
        }
        table.Layout.Store(row.Data, count, milliseconds);
        return true;
    }

    private static bool Missing(Directive line, string name) =>
        Refuse(line, $"{line[0]}: missing argument to store option '{name}'.");
}
