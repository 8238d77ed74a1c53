using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>Finds the list of a name, or reads it from its file (manual sections 2.7 and 7.1).</summary>
internal static class LoadList
{
    /// <summary>The list; null with the reason.</summary>
    /// <param name="draft">Whose lists.</param>
    /// <param name="name">With its prefix.</param>
    /// <param name="hasValues">Two columns; the same file cannot be read both ways.</param>
    /// <param name="error">The reason.</param>
    public static PatternList? Run(ConfigurationDraft draft, string name, bool hasValues, out string error)
    {
        error = "";
        if (draft.Target.Patterns.Find(name) is { } known)
        {
            if (known.HasValues == hasValues) return known;
            string was = known.HasValues ? "two" : "one";
            string wanted = hasValues ? "two" : "one";
            error = $"The file \"{known.Name}\" is already used as {was} column file and cannot be used by as {wanted} "
                + "column file.";
            return null;
        }
        if (!ParsePatternFile.TryRead(name, out byte[] content, out error)) return null;
        PatternList list = new()
        {
            Name = PatternLists.Short(name),
            FullName = name,
            HasValues = hasValues,
            ReadValue = ReadValue,
        };
        draft.Target.Patterns.Add(list);
        Lines(content, list);
        return list;
    }

    /// <summary>The list of the patterns that stand on a line.</summary>
    public static PatternList OfLine(ConfigurationDraft draft)
    {
        PatternList list = new() { ReadValue = ReadValue };
        draft.Target.Patterns.Add(list);
        return list;
    }

    /// <summary>What a text is as a number and as an address.</summary>
    public static PatternValue ReadValue(byte[] text)
    {
        if (text.Length == 0) return PatternValue.None;
        long number = 0;
        bool isInteger = text.Length <= 20 && ReadNumber.TryWhole(Encoding.Latin1.GetString(text), out number);
        return new PatternValue(text)
        {
            IsInteger = isInteger,
            Integer = number,
            AddressType = TypeOf(text, out AddressBytes address),
            Address = address,
        };
    }

    /// <summary>The address of a text; None when it is none.</summary>
    public static SampleType TypeOf(ReadOnlySpan<byte> text, out AddressBytes address)
    {
        address = default;
        if (ReadAddress.TryIpv4(text, ref address)) return SampleType.Ipv4;
        address = default;
        return ReadAddress.TryIpv6(text, ref address) ? SampleType.Ipv6 : SampleType.None;
    }

    private static void Lines(byte[] content, PatternList list)
    {
        int number = 0;
        for (int from = 0; from < content.Length;)
        {
            int length = content.AsSpan(from).IndexOf((byte)'\n');
            int end = length < 0 ? content.Length : from + length;
            Line(content.AsSpan(from, end - from), ++number, list);
            from = end + 1;
        }
    }

    /// <summary>A sharp in the first column makes a comment; behind blanks it begins a key.</summary>
    private static void Line(ReadOnlySpan<byte> line, int number, PatternList list)
    {
        if (line.EndsWith("\r"u8)) line = line[..^1];
        if (line.StartsWith("#"u8)) return;
        line = line.TrimStart(" \t"u8);
        if (line.IsEmpty) return;
        if (!list.HasValues)
        {
            list.AddLine(line.ToArray(), [], number);
            return;
        }
        line = line.TrimEnd(" \t"u8);
        int blank = line.IndexOfAny((byte)' ', (byte)'\t');
        if (blank < 0) blank = line.Length;
        list.AddLine(line[..blank].ToArray(), line[blank..].Trim(" \t"u8).ToArray(), number);
    }
}
