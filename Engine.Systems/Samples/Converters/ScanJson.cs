using System;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Finds a value in a JSON text (RFC 8259) without building anything and without recursion: each byte is looked at once
/// a step of the path. Texts come from peers, so whatever is in them, it ends.
/// </summary>
internal static class ScanJson
{
    /// <summary>The bytes of the value, quotes and brackets included. False: it is not there, or this is no JSON.</summary>
    public static bool TryFind(ByteView text, JsonPath path, out ByteView value)
    {
        value = default;
        ReadOnlySpan<byte> bytes = text.Span;
        int at = SkipBlanks(bytes, 0);
        foreach (JsonStep step in path.Steps)
        {
            if (!TryEnter(bytes, ref at, step)) return false;
        }
        int end = SkipValue(bytes, at);
        if (end <= at) return false;
        value = text.Slice(at, end - at);
        return true;
    }

    /// <summary>Moves to a member or an element.</summary>
    private static bool TryEnter(ReadOnlySpan<byte> text, ref int at, JsonStep step)
    {
        byte open = step.Index < 0 ? (byte)'{' : (byte)'[';
        if (at >= text.Length || text[at] != open) return false;
        at = SkipBlanks(text, at + 1);
        for (int number = 0; at < text.Length && text[at] is not ((byte)'}' or (byte)']'); number++)
        {
            bool found = number == step.Index;
            if (step.Index < 0)
            {
                int end = SkipText(text, at);
                if (end < 0) return false;
                found = text[(at + 1)..(end - 1)].SequenceEqual(step.Name.Span);
                at = SkipBlanks(text, end);
                if (at >= text.Length || text[at] != ':') return false;
                at = SkipBlanks(text, at + 1);
            }
            if (found) return at < text.Length;
            int next = SkipValue(text, at);
            if (next <= at) return false;
            at = SkipBlanks(text, next);
            if (at >= text.Length || text[at] != ',') return false;
            at = SkipBlanks(text, at + 1);
        }
        return false;
    }

    /// <summary>Behind the value that begins here; -1 when it does not end.</summary>
    private static int SkipValue(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length) return -1;
        if (text[at] == '"') return SkipText(text, at);
        if (text[at] is not ((byte)'{' or (byte)'['))
        {
            int length = text[at..].IndexOfAny(",]} \t\r\n"u8);
            return length < 0 ? text.Length : at + length;
        }
        int depth = 0;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny("\"[]{}"u8);
            if (next < 0) return -1;
            at += next;
            if (text[at] == '"')
            {
                at = SkipText(text, at);
                if (at < 0) return -1;
                continue;
            }
            depth += text[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
            if (depth == 0) return at;
        }
        return -1;
    }

    /// <summary>Behind the closing quote of the text that begins here; -1 when there is none.</summary>
    private static int SkipText(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != '"') return -1;
        at++;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return -1;
            at += next;
            if (text[at] == '"') return at + 1;
            at += 2;
        }
        return -1;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }
}
