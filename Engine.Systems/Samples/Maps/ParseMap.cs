using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Data.Text;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary>Reads a map: a key and a value a line, blanks between them (manual section 7.3.1, <c>map</c>).</summary>
internal static unsafe class ParseMap
{
    /// <summary>Reads and compiles; null with the reason.</summary>
    public static Map? Run(string name, MapMethod method, MapOutput output, out string error)
    {
        if (!ParsePatternFile.TryRead(name, out byte[] content, out error)) return null;
        MapEntry[] entries = Lines(content);
        foreach (ref MapEntry entry in entries.AsSpan())
        {
            if (TryValue(ref entry, output)) continue;
            error = $"unable to parse '{entry.Text}' at line {entry.Line} of file '{name}'";
            return null;
        }
        int line = 0;
        MapIndex? index = Compile(entries, method, ref line, ref error);
        if (index is not null) return new Map(name, entries, index);
        error += $" at line {line} of file '{name}'";
        return null;
    }

    /// <summary>The address of a text: of a value, or of the default.</summary>
    public static bool TryAddress(ByteView text, ref MapEntry entry)
    {
        AddressBytes address = default;
        entry.AddressType = SampleType.Ipv4;
        if (!ReadAddress.TryIpv4(text.Span, ref address))
        {
            address = default;
            entry.AddressType = SampleType.Ipv6;
            if (!ReadAddress.TryIpv6(text.Span, ref address)) return false;
        }
        entry.Address = address;
        return true;
    }

    private static MapEntry[] Lines(byte[] content)
    {
        // One copy that lives as long as the process holds all keys and values.
        byte* copy = (byte*)NativeMemory.Alloc((nuint)content.Length + 1);
        content.CopyTo(new Span<byte>(copy, content.Length));
        ValueList<MapEntry> entries = new();
        int number = 0;
        for (int from = 0; from < content.Length;)
        {
            int length = content.AsSpan(from).IndexOf((byte)'\n');
            int end = length < 0 ? content.Length : from + length;
            number++;
            Line(new ByteView(copy + from, end - from), number, entries);
            from = end + 1;
        }
        return entries.ToArray();
    }

    /// <summary>A sharp in the first column makes a comment.</summary>
    private static void Line(ByteView line, int number, ValueList<MapEntry> into)
    {
        if (line.Length > 0 && line.Start[line.Length - 1] == '\r') line = line.Slice(0, line.Length - 1);
        if (line.Length > 0 && line.Start[0] == '#') return;
        line = Trim(line);
        if (line.IsEmpty) return;
        int blank = line.Span.IndexOfAny((byte)' ', (byte)'\t');
        ByteView key = blank < 0 ? line : line.Slice(0, blank);
        ByteView value = blank < 0 ? line.Slice(line.Length, 0) : Trim(line.Slice(blank, line.Length - blank));
        into.Add(new MapEntry { Key = key, Text = value, Line = number });
    }

    private static ByteView Trim(ByteView text)
    {
        int from = 0;
        int end = text.Length;
        while (from < end && text.Start[from] is (byte)' ' or (byte)'\t') from++;
        while (end > from && text.Start[end - 1] is (byte)' ' or (byte)'\t') end--;
        return text.Slice(from, end - from);
    }

    private static bool TryValue(ref MapEntry entry, MapOutput output) =>
        output switch
        {
            MapOutput.Integer => ReadNumber.TryWhole(entry.Text.ToString(), out entry.Integer),
            MapOutput.Address => TryAddress(entry.Text, ref entry),
            _ => true,
        };

    private static MapIndex? Compile(MapEntry[] entries, MapMethod method, ref int line, ref string error)
    {
        switch (method)
        {
            case MapMethod.Whole: return new WholeIndex(entries);
            case MapMethod.Beginning: return new BeginningIndex(entries);
            case MapMethod.End: return new EndIndex(entries);
            case MapMethod.Part: return new PartIndex(entries);
            case MapMethod.Directory: return new WordIndex(entries, [.. "/?"u8]);
            case MapMethod.Domain: return new WordIndex(entries, [.. "/?.:"u8]);
            case MapMethod.Integer: return Integers(entries, ref line, ref error);
            case MapMethod.Address: return Addresses(entries, ref line, ref error);
            case MapMethod.Regex: return Expressions(entries, ref line, ref error);
            default: return GroupExpressions(entries, ref line, ref error);
        }
    }

    private static IntegerIndex? Integers(MapEntry[] entries, ref int line, ref string error)
    {
        (long, long)[] ranges = new (long, long)[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            line = entries[i].Line;
            string key = entries[i].Key.ToString();
            if (!IntegerRanges.TryRange(key, out long low, out long high, out bool isRange))
            {
                error = isRange ? $"'{key}' is not a valid number range" : $"'{key}' is not a number";
                return null;
            }
            ranges[i] = (low, high);
        }
        return new IntegerIndex(ranges);
    }

    private static AddressIndex? Addresses(MapEntry[] entries, ref int line, ref string error)
    {
        ValueList<AddressPattern> networks = new();
        List<int> numbers = new(entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            line = entries[i].Line;
            if (!AddressPattern.TryParse(new PatternText(entries[i].Key.ToString(), NoResolution: true), networks))
            {
                error = $"'{entries[i].Key}' is not a valid IPv4 or IPv6 address";
                return null;
            }
            numbers.Add(i);
        }
        return new AddressIndex(networks, [.. numbers]);
    }

    private static RegexIndex? Expressions(MapEntry[] entries, ref int line, ref string error)
    {
        ByteRegex[] expressions = new ByteRegex[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            line = entries[i].Line;
            if (ByteRegex.Compile(entries[i].Key.ToString(), ignoreCase: false, out error) is not { } expression)
                return null;
            expressions[i] = expression;
        }
        return new RegexIndex(expressions);
    }

    private static GroupRegexIndex? GroupExpressions(MapEntry[] entries, ref int line, ref string error)
    {
        GroupRegex[] expressions = new GroupRegex[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            line = entries[i].Line;
            if (GroupRegex.Compile(entries[i].Key.ToString(), ignoreCase: false, out error) is not { } expression)
                return null;
            expressions[i] = expression;
        }
        return new GroupRegexIndex(expressions);
    }
}
