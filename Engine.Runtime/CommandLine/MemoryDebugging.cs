using System;
using System.Globalization;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// What follows <c>-dM</c>: a byte that fresh memory is filled with, and words between commas (management guide section
/// 3). Of these, the ones that tune the reference's pools mean nothing to buffers that are all of a size; the ones that
/// look for faults in such pools are not there.
/// </summary>
internal static class MemoryDebugging
{
    private const int UsualByte = 0x50;

    /// <summary>Answers what is wrong, null when nothing is.</summary>
    public static CommandLineFault? Read(ReadOnlySpan<char> text, Options options)
    {
        if (text.IsEmpty) options.PoisonByte = UsualByte;
        bool isFirst = true;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> word = text[range];
            bool isTaken = word.IsEmpty || isFirst && TakeByte(word, options) || TakeWord(word, options);
            isFirst = false;
            if (isTaken) continue;
            return new CommandLineFault(word is "fail" or "integrity" or "caller" or "tag" or "uaf" or "backup" or "help"
                ? $"-dM: '{word}' is not supported yet."
                : $"-dM: unknown pool debugging feature <{word}>");
        }
        return null;
    }

    private static bool TakeByte(ReadOnlySpan<char> text, Options options)
    {
        bool isHexadecimal = text.StartsWith("0x");
        ReadOnlySpan<char> digits = isHexadecimal ? text[2..] : text;
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        bool good = int.TryParse(digits, style, CultureInfo.InvariantCulture, out int value);
        if (good) options.PoisonByte = value & 0xFF;
        return good;
    }

    private static bool TakeWord(ReadOnlySpan<char> word, Options options)
    {
        if (word is "poison")
        {
            if (options.PoisonByte < 0) options.PoisonByte = UsualByte;
            return true;
        }
        if (word is "no-poison")
        {
            options.PoisonByte = -1;
            return true;
        }
        return word is "merge" or "no-merge" or "hot-first" or "cold-first" or "global" or "no-global" or "cache"
            or "no-cache" or "no-fail" or "no-integrity" or "no-caller" or "no-tag" or "no-uaf" or "no-backup";
    }
}
